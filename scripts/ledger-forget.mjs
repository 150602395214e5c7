// npm run ledger:forget: what proves given rows is forgotten.
import { fileURLToPath } from 'node:url'
import { ensureInstalled, runOnNode24 } from './install.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
await ensureInstalled(root)
await runOnNode24(root, 'apps/server/ledger-forget.ts')
