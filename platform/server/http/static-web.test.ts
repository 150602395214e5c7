import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import express from 'express'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { staticWeb } from './static-web.ts'

let root: string
let server: Server
let origin: string
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'opsflow-static-'))
  const folder = join(root, '.data/web')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'units.html'), '<script>one()</script>')
  writeFileSync(join(folder, 'tasks.html'), '<script>two()</script>')
  writeFileSync(join(folder, 'tasks.html.br'), brotliCompressSync('as built'))
  writeFileSync(join(folder, '404.html'), 'nothing here')
  writeFileSync(join(folder, 'sw.js'), 'start(self)')
  for (const [build, asset] of [
    ['web', 'now'],
    ['before', 'then'],
  ] as const) {
    mkdirSync(join(root, `.data/${build}/_next/static`), { recursive: true })
    writeFileSync(join(root, `.data/${build}/_next/static/${asset}.js`), asset)
    writeFileSync(join(root, `.data/${build}/${asset}.html`), asset)
  }
  server = express()
    .use(...staticWeb(folder))
    .listen(0, '127.0.0.1')
  await once(server, 'listening')
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.close()
  rmSync(root, { recursive: true, force: true })
})

const get = (path: string) => fetch(origin + path, { headers: { accept: 'text/html' } })

test('a page is found without its ending and may run its own inline scripts only', async () => {
  const page = await get('/units')
  expect(page.status).toBe(200)
  expect(page.headers.get('content-security-policy')).toMatch(/script-src 'self' 'sha256-[\w+/=]{44}';/)
})

test('text goes out compressed in what the browser understands, with the same policy', async () => {
  for (const encoding of ['br', 'gzip']) {
    const page = await fetch(`${origin}/units`, { headers: { 'accept-encoding': encoding } })
    expect(page.headers.get('content-encoding')).toBe(encoding)
    expect(page.headers.get('vary')).toMatch(/accept-encoding/i)
    expect(page.headers.get('content-security-policy')).toMatch(/sha256/)
    expect(await page.text()).toBe('<script>one()</script>')
  }
  const plain = await fetch(`${origin}/units`, { headers: { 'accept-encoding': 'identity' } })
  expect(plain.headers.get('content-encoding')).toBeNull()
})

test('a page of an organization is that page; what the build has compressed goes out as it is', async () => {
  const page = await fetch(`${origin}/o/harbor-vine/tasks?id=1`, { headers: { 'accept-encoding': 'br' } })
  expect(page.headers.get('content-security-policy')).toMatch(/sha256/)
  expect(await page.text()).toBe('as built')
  expect((await get('/o/harbor-vine/nowhere')).status).toBe(404)
})

test('an unknown page of a build in a hidden folder is the page that says so', async () => {
  const page = await get('/nowhere')
  expect(page.status).toBe(404)
  expect(await page.text()).toBe('nothing here')
})

test('nothing outside the build is served', async () => {
  writeFileSync(join(root, '.data/secrets.json'), 'secret')
  for (const path of ['/../secrets.json', '/%2e%2e/secrets.json', '/..%2fsecrets.json']) {
    expect(await (await get(path)).text()).not.toContain('secret')
  }
})

test('the service worker may fetch from here and load nothing else; no cache keeps it from being renewed', async () => {
  const worker = await get('/sw.js')
  expect(worker.headers.get('content-security-policy')).toBe("default-src 'none'; connect-src 'self'")
  expect(worker.headers.get('cache-control')).toBe('no-cache')
  expect(worker.headers.get('content-type')).toMatch('javascript')
})

test('a page that was open before an update still gets its assets, but no page of then', async () => {
  const [now, then] = [await get('/_next/static/now.js'), await get('/_next/static/then.js')]
  expect([await now.text(), await then.text()]).toEqual(['now', 'then'])
  for (const asset of [now, then]) {
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  }
  expect((await get('/then')).status).toBe(404)
  expect((await get('/_next/static/never.js')).status).toBe(404)
})
