import { readdirSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from './product.ts'

/** JavaScript a phone must fetch before a page answers to a touch, as gzip. The live socket's code comes after it. */
const BUDGET_BYTES = 220_000

test('no page needs more than 220 kB of JavaScript before interaction', async ({ baseURL }) => {
  const pages = pagesIn(join(import.meta.dirname, '../app'))
  expect(pages).toEqual(expect.arrayContaining(['/', '/dashboard', '/kiosk', '/settings/checklists/one']))
  for (const path of pages) {
    const bytes = await weightOf(baseURL ?? '', path)
    test.info().annotations.push({ type: path, description: `${bytes} bytes` })
    expect.soft(bytes, path).toBeLessThanOrEqual(BUDGET_BYTES)
    expect.soft(bytes, `${path}: its scripts were found`).toBeGreaterThan(50_000)
  }
})

/** A folder in brackets is no part of an address. */
function pagesIn(app: string): string[] {
  return readdirSync(app, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(^|\/)page\.tsx$/.test(file))
    .map((file) => `/${relative(app, dirname(join(app, file))).replaceAll(/\(\w+\)\/?/g, '')}`)
    .sort()
}

const sizes = new Map<string, Promise<number>>()

/** The scripts the page itself names; one for browsers without modules is for none of ours. */
async function weightOf(origin: string, path: string): Promise<number> {
  const html = await (await fetch(origin + path)).text()
  const tags = [...html.matchAll(/<script\b[^>]*\bsrc="([^"]+)"[^>]*>/g)].filter(([tag]) => !/nomodule/i.test(tag))
  const sources = [...new Set(tags.map(([, source = '']) => source))]
  const all = await Promise.all(sources.map((source) => sizeOf(origin + source)))
  return all.reduce((sum, size) => sum + size, 0)
}

function sizeOf(source: string): Promise<number> {
  const known =
    sizes.get(source) ?? fetch(source).then(async (file) => gzipSync(await file.bytes(), { level: 9 }).length)
  sizes.set(source, known)
  return known
}
