// npm run bench [-- name …] [--short] [--write file.json]: side-by-side figures, goal beside what was seen.
import { fileURLToPath } from 'node:url'
import { ensureInstalled, runOnNode24 } from './install.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
await ensureInstalled(root)
await runOnNode24(root, 'bench/main.ts')
