// npm run capacity: docs/capacity.md, reckoned from the figures that `npm run evidence -- speed` measured last.
import { fileURLToPath } from 'node:url'
import { ensureInstalled, runOnNode24 } from './install.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
try {
  await ensureInstalled(root)
  await runOnNode24(root, 'scripts/capacity/main.ts')
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}
