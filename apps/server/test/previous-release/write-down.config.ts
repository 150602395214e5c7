import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** For `npm run release:statements`. */
export default defineConfig({
  root: fileURLToPath(new URL('../../../../', import.meta.url)),
  test: {
    hookTimeout: 60_000,
    globalSetup: ['platform/server/postgres/vitest-global.ts'],
    include: ['apps/server/test/previous-release/write-down.ts'],
  },
})
