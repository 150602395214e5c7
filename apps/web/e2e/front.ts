import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'

/**
 * An address of its own before the product, that can be made to stop, to come back, and to offer a newer build: whoever
 * is on its other side cannot tell it from a server.
 */
export async function frontOf(product: string) {
  let builds = 0
  let edition: string | undefined
  const server = createServer((req, res) => forward(req, res))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  function forward(req: IncomingMessage, res: ServerResponse) {
    const headers = { ...req.headers, ...(req.headers.origin && { origin: product }) }
    if (edition && req.url?.startsWith('/api/v1/')) Object.assign(headers, { 'x-opsflow-edition': edition })
    const isWorker = req.url === '/sw.js'
    // As it is, and whole, for it is changed on its way.
    if (isWorker)
      Object.assign(headers, { 'accept-encoding': 'identity', 'if-none-match': '', 'if-modified-since': '' })
    const onward = request(new URL(req.url ?? '/', product), { method: req.method, headers })
    onward.on('response', async (answer) => {
      if (!isWorker) return void answer.pipe(res.writeHead(answer.statusCode ?? 502, answer.headers))
      const { 'content-length': _, ...rest } = answer.headers
      res.writeHead(answer.statusCode ?? 502, rest)
      const text = Buffer.concat(await answer.toArray()).toString()
      res.end(text.replace(/"build":"(\w+)"/, `"build":"$1${'n'.repeat(builds)}"`))
    })
    onward.on('error', () => res.destroy())
    req.pipe(onward)
  }

  // Live sockets go through as they are; a server that stops takes them with it.
  const live = new Set<Socket>()
  server.on('upgrade', (req: IncomingMessage, socket: Socket, head: Buffer) => {
    const { hostname, port: onwardPort } = new URL(product)
    const onward = connect(Number(onwardPort), hostname, () => {
      const headers = { ...req.headers, ...(req.headers.origin && { origin: product }) }
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
      onward.write(`GET ${req.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
      onward.write(head)
      socket.pipe(onward).pipe(socket)
    })
    for (const [end, other] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      live.add(end)
      end.on('error', () => other.destroy())
      end.on('close', () => {
        live.delete(end)
        other.destroy()
      })
    }
  })

  const stop = async () => {
    server.close()
    server.closeAllConnections()
    for (const end of live) end.destroy()
    if (server.listening) await once(server, 'close')
  }
  return {
    url: `http://localhost:${port}`,
    stop,
    async comeBack() {
      server.listen(port, '127.0.0.1')
      await once(server, 'listening')
    },
    /** From now on another build is served, with the same pages. */
    offerNewerBuild: () => void builds++,
    /** What the app says of itself from now on, whatever it says; undefined: what it says. */
    takeAppFor: (said: string | undefined) => {
      edition = said
    },
  }
}
