import { once } from 'node:events'
import { createServer, connect as dial } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWire, type Wire } from './wire.ts'

// The wire is tried before anything is tried with it.
const echo = createServer((socket) => socket.on('error', () => undefined).pipe(socket))
let wire: Wire
beforeAll(async () => {
  echo.listen(0, '127.0.0.1')
  await once(echo, 'listening')
  wire = await openWire({ port: (echo.address() as { port: number }).port })
})
afterAll(async () => {
  await wire.close()
  echo.close()
})

async function call() {
  const socket = dial({ port: wire.port, host: '127.0.0.1' })
  const heard: Buffer[] = []
  let ended: string | undefined
  socket.on('data', (bytes) => heard.push(bytes))
  socket.on('error', (error: NodeJS.ErrnoException) => {
    ended = error.code
  })
  socket.on('close', () => {
    ended ??= 'closed'
  })
  await once(socket, 'connect')
  return { socket, heard: () => Buffer.concat(heard).toString(), ended: () => ended }
}
const until = async (holds: () => boolean) => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5))
}

test('in clear weather everything arrives in its order; slowly it does too', async () => {
  const { socket, heard } = await call()
  socket.write('one ')
  await until(() => heard() === 'one ')
  wire.becomes({ kind: 'slow', ms: 10 })
  for (const word of ['two ', 'three ', 'four']) socket.write(word)
  await until(() => heard() === 'one two three four')
  wire.clears()
  socket.destroy()
})

test('cut in the middle of a message: a part arrives, then both ends are closed', async () => {
  const { socket, heard, ended } = await call()
  socket.write('whole ')
  await until(() => heard() === 'whole ')
  wire.becomes({ kind: 'cut', afterBytes: 3 })
  socket.write('half of this')
  await until(() => ended() !== undefined)
  expect(heard().length).toBeLessThan('whole half of this'.length)
  wire.clears()
})

test('reset: those who are there and those who come are told so', async () => {
  const there = await call()
  wire.becomes({ kind: 'reset' })
  await until(() => there.ended() !== undefined)
  const comes = dial({ port: wire.port, host: '127.0.0.1' })
  const [error] = await once(comes, 'error').catch((failure) => [failure])
  expect((error as NodeJS.ErrnoException).code).toBe('ECONNRESET')
  wire.clears()
})

test('a hole swallows everything and tells nobody', async () => {
  const { socket, heard, ended } = await call()
  wire.becomes({ kind: 'hole' })
  socket.write('lost')
  await new Promise((resolve) => setTimeout(resolve, 30))
  expect([heard(), ended()]).toEqual(['', undefined])
  wire.clears()
  const other = await call()
  other.socket.write('found')
  await until(() => other.heard() === 'found')
  socket.destroy()
  other.socket.destroy()
})
