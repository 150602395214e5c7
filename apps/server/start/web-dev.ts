import { spawn } from 'node:child_process'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { CannotStart } from '@opsflow/platform/server/cannot-start'
import { isFree } from '@opsflow/platform/server/postgres/port'
import { nextProgram } from './web-build.ts'

/** Development: Next's own server, with hot updates, on a private port. */
export async function startNextForDevelopment(root: string, port: number): Promise<() => void> {
  const args = [nextProgram(root), 'dev', '--hostname', '127.0.0.1', '--port', String(port)]
  const child = spawn(process.execPath, args, {
    cwd: join(root, 'apps/web'),
    env: { ...process.env, NODE_ENV: 'development', NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  while (await isFree(port)) {
    if (child.exitCode !== null) throw new CannotStart('`next dev` ended; its messages are above.')
    await wait(100)
  }
  return () => child.kill('SIGTERM')
}

/** Development: one origin before the two servers, as in production. */
export async function openDevelopmentFront(host: string, port: number, ports: { product: number; next: number }) {
  const target = (req: IncomingMessage) => (isProduct(req.url ?? '/') ? ports.product : ports.next)
  const front = createServer((req, res) => (req.url === '/sw.js' ? endWorker(res) : forward(req, res, target(req))))
  front.on('upgrade', (req, socket, head) => forwardUpgrade(req, socket, head, target(req)))
  await new Promise<void>((resolve) => front.listen(port, host, resolve))
  return () => front.close()
}

/** A production build that ran here before would go on serving its own pages: its worker is told to go. */
function endWorker(res: ServerResponse) {
  const headers = { 'content-type': 'text/javascript', 'cache-control': 'no-store' }
  res.writeHead(200, headers).end(`addEventListener('install', () => skipWaiting())
addEventListener('activate', async () => {
  await registration.unregister()
  for (const page of await clients.matchAll({ type: 'window' })) page.navigate(page.url)
})
`)
}

const isProduct = (path: string) => /^\/(api|socket\.io|livez|readyz|metrics)\b/.test(path)

const onwardTo = (port: number, { method, url, headers }: IncomingMessage) =>
  request({ host: '127.0.0.1', port, method, path: url, headers })

function forward(req: IncomingMessage, res: ServerResponse, port: number) {
  const onward = onwardTo(port, req)
  onward.on('response', (answer) => {
    res.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(res)
  })
  onward.on('error', () => (res.headersSent ? res.destroy() : res.writeHead(502).end()))
  req.pipe(onward)
}

function forwardUpgrade(req: IncomingMessage, socket: Duplex, head: Buffer, port: number) {
  const onward = onwardTo(port, req)
  socket.on('error', () => onward.destroy())
  onward.on('error', () => socket.destroy())
  onward.on('response', () => socket.destroy()) // refused
  onward.on('upgrade', (answer, far, farHead) => {
    far.on('error', () => socket.destroy())
    const headers = Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}\r\n`)
    socket.write(`HTTP/1.1 101 Switching Protocols\r\n${headers.join('')}\r\n`)
    socket.write(farHead)
    far.write(head)
    far.pipe(socket).pipe(far)
  })
  onward.end()
}
