import { connect, type Socket } from 'node:net'

/** One keep-alive connection that sends the same request again and again; so little of a client that the servers are what is measured. */
export class Client {
  readonly #socket: Socket
  readonly #request: string
  #received: Buffer = Buffer.alloc(0)
  #waiting: ((body: Buffer) => void) | undefined

  private constructor(socket: Socket, request: string) {
    this.#socket = socket
    this.#request = request
    socket.on('data', (chunk: Buffer) => this.#take(chunk))
  }

  static open(port: number, request: string): Promise<Client> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => resolve(new Client(socket, request)))
      socket.once('error', reject)
    })
  }

  ask(): Promise<Buffer> {
    return new Promise((resolve) => {
      this.#waiting = resolve
      this.#socket.write(this.#request)
    })
  }

  close() {
    this.#socket.destroy()
  }

  #take(chunk: Buffer) {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk])
    const end = this.#received.indexOf('\r\n\r\n')
    if (end < 0) return
    const head = this.#received.subarray(0, end).toString('latin1')
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1])
    if (!head.startsWith('HTTP/1.1 200') || Number.isNaN(length))
      throw new Error(`${head}\n${this.#received.subarray(end)}`)
    if (this.#received.length < end + 4 + length) return
    const body = this.#received.subarray(end + 4)
    this.#received = Buffer.alloc(0)
    this.#waiting?.(body)
  }
}

export const get = (path: string, headers: Record<string, string> = {}) => request('GET', path, headers, '')
export const post = (path: string, body: unknown) =>
  request('POST', path, { 'content-type': 'application/json', accept: 'application/json' }, JSON.stringify(body))

function request(method: string, path: string, headers: Record<string, string>, body: string): string {
  const all = { host: '127.0.0.1', ...headers, ...(body ? { 'content-length': String(Buffer.byteLength(body)) } : {}) }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
  return `${[`${method} ${path} HTTP/1.1`, ...lines].join('\r\n')}\r\n\r\n${body}`
}
