// npm run evidence [-- page …] [--short] [--rows 1]: runs the proofs of a page (all pages) and writes docs/evidence/<page>.md.
// --rows: millions of rows at most, for the benches of `speed`, whose figures `npm run capacity` reckons with.
import { fileURLToPath } from 'node:url'
import { ensureInstalled, runOnNode24 } from './install.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
try {
  await ensureInstalled(root)
  await runOnNode24(root, 'scripts/evidence/main.ts')
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}
