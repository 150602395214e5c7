/// <reference path="./http-ece.d.ts" />
import { createECDH, createPublicKey, randomBytes, verify } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import ece from 'http_ece'

export type Taken = { path: string; headers: IncomingHttpHeaders; message: unknown; claims: Record<string, unknown> }

/**
 * A push service on this machine, with the browsers behind it: it checks the signature and opens each message with an
 * implementation that is not ours. `answers` are given in their order, then 201.
 */
export async function pushService() {
  const taken: Taken[] = []
  const answers: { status: number; headers?: Record<string, string> }[] = []
  const browsers = new Map<string, ReturnType<typeof newBrowser>>()
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray())
    const path = request.url ?? ''
    const { status, headers } = answers.shift() ?? { status: 201 }
    if (status < 300) {
      const browser = browsers.get(path)
      if (!browser) return response.writeHead(404).end()
      const plain = ece.decrypt(body, { version: 'aes128gcm', privateKey: browser.ecdh, authSecret: browser.auth })
      taken.push({
        path,
        headers: request.headers,
        message: JSON.parse(plain.toString()),
        claims: claimsIn(request.headers.authorization),
      })
    }
    response.writeHead(status, headers).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    origin,
    taken,
    answers,
    /** A browser subscribes; what it hands to the product. */
    subscribe() {
      const browser = newBrowser()
      const path = `/send/${randomBytes(12).toString('base64url')}`
      browsers.set(path, browser)
      return { endpoint: origin + path, keys: { p256dh: browser.ecdh.getPublicKey('base64url'), auth: browser.auth } }
    },
    async close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

function newBrowser() {
  const ecdh = createECDH('prime256v1')
  ecdh.generateKeys()
  return { ecdh, auth: randomBytes(16).toString('base64url') }
}

/** Of a signature that holds; anything else is an error. */
function claimsIn(authorization = ''): Record<string, unknown> {
  const [, token = '', key = ''] = /^vapid t=([^,]+), k=([\w-]{87})$/.exec(authorization) ?? []
  const [header = '', claims = '', signature = ''] = token.split('.')
  const point = Buffer.from(key, 'base64url')
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url'))
  const publicKey = createPublicKey({
    format: 'jwk',
    key: { kty: 'EC', crv: 'P-256', x: x as string, y: y as string },
  })
  const seal = Buffer.from(signature, 'base64url')
  const signed = Buffer.from(`${header}.${claims}`)
  if (!verify('sha256', signed, { key: publicKey, dsaEncoding: 'ieee-p1363' }, seal)) throw new Error('not signed')
  return JSON.parse(Buffer.from(claims, 'base64url').toString())
}
