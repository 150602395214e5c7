// npm test [-- suite …] [--long]: checks, unit, database, walk and browser tests, and a table of what ran.
import { fileURLToPath } from 'node:url'
import { ensureInstalled, runOnNode24 } from './install.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
try {
  await ensureInstalled(root)
  await runOnNode24(root, 'scripts/test/main.ts')
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}
