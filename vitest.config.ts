import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['platform/**/*.test.ts', 'capabilities/**/*.test.ts', 'apps/server/**/*.test.ts', 'db/**/*.test.ts'],
    globalSetup: ['platform/server/postgres/vitest-global.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
