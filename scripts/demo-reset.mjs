// npm run demo:reset: wipes the demo's tenants, and them alone, and makes them again.
import { fileURLToPath } from 'node:url'
import { ensureInstalled, runOnNode24 } from './install.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
await ensureInstalled(root)
await runOnNode24(root, 'apps/server/demo/reset.ts')
