import { Agent, request } from 'node:http'

export type Answer = { status: number; headers: Record<string, string | string[] | undefined>; text: string }

/** Requests as they are, with nothing put right on their way. Status 0: the connection was cut, or nothing was said. */
export function rawRequests(origin: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 })
  const send = (method: string, path: string, headers: Record<string, string>, body?: Buffer): Promise<Answer> =>
    new Promise((resolve) => {
      const none = { status: 0, headers: {}, text: '' }
      const length: Record<string, string> = body === undefined ? {} : { 'content-length': String(body.length) }
      const asked = request(
        `${origin}${path}`,
        { method, agent, headers: { ...headers, ...length } },
        async (response) => {
          const parts = await response.toArray().catch(() => [])
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(parts).toString(),
          })
        },
      )
      asked.setTimeout(60_000, () => asked.destroy())
      asked.on('error', () => resolve(none))
      asked.end(body)
    })
  return { send, close: () => agent.destroy() }
}
