// npm run check [-- name …]: types, arrows, lint, dead code, migrations, dependencies, licences, traces, colours.
import { fileURLToPath } from 'node:url'
import { ensureInstalled, runOnNode24 } from './install.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
try {
  await ensureInstalled(root)
  await runOnNode24(root, 'scripts/check/main.ts')
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}
