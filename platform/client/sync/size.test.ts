import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { rolldown } from 'rolldown'
import { expect, test } from 'vitest'

const GOAL_BYTES = 12 * 1024

const entry = ['open-replica', 'store-idb', 'transport']
  .map((name) => `export * from ${JSON.stringify(join(import.meta.dirname, `${name}.ts`))}`)
  .join('\n')

test('the engine with its browser storage is at most 12 kB gzip, and carries no zod', async () => {
  const bundle = await rolldown({
    input: 'entry',
    plugins: [
      { name: 'entry', resolveId: (id) => (id === 'entry' ? id : null), load: (id) => (id === 'entry' ? entry : null) },
    ],
  })
  const { output } = await bundle.generate({ format: 'esm', minify: true })
  const [{ code, modules }] = output
  const bytes = gzipSync(code, { level: 9 }).length
  console.log(`engine: ${bytes} bytes gzip`)
  expect(Object.keys(modules).filter((module) => module.includes('node_modules'))).toEqual([])
  expect(bytes).toBeGreaterThan(2_000)
  expect(bytes).toBeLessThanOrEqual(GOAL_BYTES)
})
