import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import { afterEach, expect, test, vi } from 'vitest'
import { type LiveEvent, openLiveSocket } from './live-socket.ts'

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
  vi.unstubAllGlobals()
})

/** A server behind a proxy of the house: it may know nothing of websockets. */
async function serverWhere(passes: { websockets: boolean }) {
  const http = createServer()
  const io = new Server(http, { path: '/socket.io' })
  if (!passes.websockets) {
    http.removeAllListeners('upgrade')
    http.on('upgrade', (_, socket) => socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n'))
  }
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const { port } = http.address() as AddressInfo
  vi.stubGlobal('location', { protocol: 'http:', host: `127.0.0.1:${port}`, hostname: '127.0.0.1', port: `${port}` })
  const carriers: string[] = []
  io.of(/^\/org-/).on('connection', (socket) => {
    carriers.push(socket.conn.transport.name)
    socket.emit('event', { scope: 'one', version: 1, name: 'poke', fact: {} } satisfies LiveEvent)
  })
  ends.push(() => void io.close())
  return carriers
}

test.each([
  { network: 'a network that lets websockets through', websockets: true, carrier: 'websocket' },
  { network: 'a network that lets none through', websockets: false, carrier: 'polling' },
])('$network hears what happens, by $carrier', async ({ websockets, carrier }) => {
  const carriers = await serverWhere({ websockets })
  const heard: LiveEvent[] = []
  const nothing = () => undefined
  const settings = { organizationId: 'o', events: ['event'], onConnected: nothing, onDisconnected: nothing }
  ends.push(openLiveSocket({ ...settings, onRefused: nothing, onEvent: (event) => heard.push(event) }))
  await vi.waitFor(() => expect(heard).toHaveLength(1), { timeout: 10_000 })
  expect(carriers).toEqual([carrier])
})
