// npm run ledger:rotate: another key signs the heads of evidence logs from now on.
import { fileURLToPath } from 'node:url'
import { ensureInstalled, runOnNode24 } from './install.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
await ensureInstalled(root)
await runOnNode24(root, 'apps/server/ledger-rotate.ts')
