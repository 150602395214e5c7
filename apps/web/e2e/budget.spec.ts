import { gzipSync } from 'node:zlib'
import { expect, test } from './product.ts'

/** JavaScript a phone must fetch before a page answers to a touch, as gzip. The live socket's code comes after it. */
const BUDGET_BYTES = 220_000

const PAGES = [
  '/sign-in',
  '/dashboard',
  '/temperature',
  '/alarms',
  '/tasks',
  '/corrective-actions',
  '/temperature/log',
  '/checklists',
  '/overview',
]

test('no page needs more than 220 kB of JavaScript before interaction', async ({ baseURL }) => {
  const weights = await Promise.all(PAGES.map(async (path) => ({ path, bytes: await weightOf(baseURL ?? '', path) })))
  for (const { path, bytes } of weights) {
    test.info().annotations.push({ type: path, description: `${bytes} bytes` })
    expect.soft(bytes, path).toBeLessThanOrEqual(BUDGET_BYTES)
    expect.soft(bytes, `${path}: its scripts were found`).toBeGreaterThan(50_000)
  }
})

/** The scripts the page itself names; one for browsers without modules is for none of ours. */
async function weightOf(origin: string, path: string): Promise<number> {
  const html = await (await fetch(origin + path)).text()
  const tags = [...html.matchAll(/<script\b[^>]*\bsrc="([^"]+)"[^>]*>/g)].filter(([tag]) => !/nomodule/i.test(tag))
  const sources = [...new Set(tags.map(([, source = '']) => source))]
  const sizes = await Promise.all(
    sources.map(async (source) => gzipSync(await (await fetch(origin + source)).bytes(), { level: 9 }).length),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}
