// npm run bench [-- name …] [--short] [--rows 1,10] [--write file.json]: side-by-side figures, goal beside what was seen.
// --rows: millions of readings present for `ingest`. POSTGRAPHILE_FOLDER: where `npm i postgraphile` ran, for `list`.
import { fileURLToPath } from 'node:url'
import { ensureInstalled, runOnNode24 } from './install.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
await ensureInstalled(root)
await runOnNode24(root, 'bench/main.ts')
