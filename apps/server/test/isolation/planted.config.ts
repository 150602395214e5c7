import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { codeLeaks } from './code-leaks.ts'

/**
 * Runs tests on a product with leaks planted in it: while a file is read, never in the file. Which ones stands in
 * PLANTED, by name.
 */
const root = fileURLToPath(new URL('../../../../', import.meta.url))
const planted = codeLeaks.filter(({ leak }) => (JSON.parse(process.env.PLANTED ?? '[]') as string[]).includes(leak))

export default defineConfig({
  root,
  plugins: [
    {
      name: 'planted-leaks',
      enforce: 'pre',
      load(id) {
        const file = id.split('?')[0] as string
        const here = planted.filter((one) => file === `${root}${one.file}`)
        if (here.length === 0) return null
        return here.reduce(
          (text, { from, to, leak }) => {
            if (!text.includes(from)) throw new Error(`"${leak}" cannot be planted: ${file} reads otherwise now`)
            return text.replace(from, () => to)
          },
          readFileSync(file, 'utf8'),
        )
      },
    },
  ],
  test: {
    // What was planted once must neither be kept for the next run nor ever reach another.
    fsModuleCache: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    globalSetup: ['platform/server/postgres/vitest-global.ts'],
    include: ['apps/server/test/isolation/*.walk.test.ts'],
    maxWorkers: 2,
  },
})
