import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sendCompressed } from './compressed.ts'

const long = JSON.stringify({ rows: Array.from({ length: 200 }, (_, n) => ({ n, name: 'Walk-in cooler' })) })
const app = express()
  .all('/long', (_req, res) => sendCompressed(res.type('application/json'), long))
  .get('/short', (_req, res) => sendCompressed(res, '{"rows":[]}'))
let server: Server
beforeAll(async () => {
  server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(() => void server.close())

const ask = (path: string, encodings: string, method = 'GET') =>
  fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, {
    method,
    headers: { 'accept-encoding': encodings },
  })

test.each([
  ['gzip, deflate, br', 'br'],
  ['gzip', 'gzip'],
  ['identity', null],
  ['br;q=0, gzip;q=0.5', 'gzip'],
])('a long answer to a reader that takes %s goes out as %s', async (encodings, used) => {
  const answer = await ask('/long', encodings)
  expect(answer.headers.get('content-encoding')).toBe(used)
  expect(answer.headers.get('vary')).toMatch(/accept-encoding/i)
  expect(await answer.text()).toBe(long)
})

test('an answer of one packet is not worth the work', async () => {
  const answer = await ask('/short', 'br')
  expect(answer.headers.get('content-encoding')).toBeNull()
  expect(await answer.text()).toBe('{"rows":[]}')
})

test('what answers a write, such as a key shown once, tells nothing by its size', async () => {
  expect((await ask('/long', 'br', 'POST')).headers.get('content-encoding')).toBeNull()
})
