import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const PLACES = '{platform,capabilities,apps,scripts,bench,db}'
const elsewhere = ['**/node_modules/**', '**/.next/**', 'apps/web/e2e/**']
const timesLonger = process.env.LONG_TESTS ? 10 : 1
const shared = {
  testTimeout: 30_000 * timesLonger,
  hookTimeout: 60_000 * timesLonger,
  // `npm run test:long` runs every property a hundred times as often.
  setupFiles: process.env.LONG_TESTS ? ['scripts/test/long-properties.ts'] : [],
}
const postgres = { globalSetup: ['platform/server/postgres/vitest-global.ts'] }

export default defineConfig({
  test: {
    // Much of a test is waiting for PostgreSQL: two at least, also on the two cores of a small machine.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: [`${PLACES}/**/*.test.{ts,tsx}`],
          exclude: [...elsewhere, '**/*.db.test.ts', '**/*.walk.test.ts'],
        },
      },
      {
        test: {
          ...shared,
          ...postgres,
          name: 'db',
          include: [`${PLACES}/**/*.db.test.ts`],
          exclude: [...elsewhere, 'bench/**'],
        },
      },
      { test: { ...shared, ...postgres, name: 'bench', include: ['bench/**/*.db.test.ts'] } },
      { test: { ...shared, ...postgres, name: 'walk', include: ['apps/server/test/**/*.walk.test.ts'] } },
    ],
  },
})
