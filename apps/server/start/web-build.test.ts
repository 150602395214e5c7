import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildWeb } from './web-build.ts'

let root: string
const put = (file: string, content: string) => {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), content)
}
const build = (signal = new AbortController().signal) => buildWeb(root, signal)

// A project in small, whose Next prints its page into the export as the real one does.
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'opsflow-web-'))
  put('package-lock.json', '{}')
  put('tsconfig.base.json', '{}')
  put('apps/web/package.json', '{}')
  put('apps/web/app/page.tsx', 'first')
  put('platform/web/index.ts', 'design')
  put('capabilities/temperature/server/store.ts', 'select')
  put('node_modules/next/package.json', '{}')
  put(
    'node_modules/next/dist/bin/next.js',
    `const { cpSync, mkdirSync, readFileSync } = require('fs')
     const page = readFileSync('app/page.tsx', 'utf8')
     if (page === 'broken') { console.error('Unexpected token at app/page.tsx'); process.exit(1) }
     if (page === 'endless') setInterval(() => {}, 1000)
     else { mkdirSync('out'); cpSync('app/page.tsx', 'out/index.html') }`,
  )
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

test('the web is built once for each content of its sources', async () => {
  const first = await build()
  expect(first.built).toBe(true)
  expect(readFileSync(join(first.folder, 'index.html'), 'utf8')).toBe('first')
  expect(await build()).toEqual({ folder: first.folder, built: false })
  put('apps/web/app/page.tsx', 'second')
  const second = await build()
  expect(second.built).toBe(true)
  expect(readFileSync(join(second.folder, 'index.html'), 'utf8')).toBe('second')
  put('apps/web/app/page.tsx', 'first')
  expect(await build()).toEqual({ folder: first.folder, built: false })
})

test('what the web is not made of does not build it again', async () => {
  await build()
  put('capabilities/temperature/server/store.ts', 'select more')
  put('apps/web/app/page.test.tsx', 'a test')
  put('apps/web/e2e/walk.spec.ts', 'a browser test')
  put('apps/web/.next/cache', 'left over')
  expect((await build()).built).toBe(false)
  put('package-lock.json', '{"next":"newer"}')
  expect((await build()).built).toBe(true)
})

test('starts at once build one web', async () => {
  const both = await Promise.all([build(), build()])
  expect(both.map(({ built }) => built).sort()).toEqual([false, true])
})

test('a web that cannot be built says why, and is not taken for one', async () => {
  put('apps/web/app/page.tsx', 'broken')
  await expect(build()).rejects.toThrow('Unexpected token at app/page.tsx')
  await expect(build()).rejects.toThrow('The web could not be built')
})

test('a build is given up when the start is', async () => {
  put('apps/web/app/page.tsx', 'endless')
  const giveUp = new AbortController()
  const building = build(giveUp.signal)
  giveUp.abort()
  await expect(building).rejects.toThrow(/abort/)
})
