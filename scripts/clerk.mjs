// npm run clerk -- status | reconcile | link <organization> <org_…>: organizations and people of Clerk's.
import { fileURLToPath } from 'node:url'
import { ensureInstalled, runOnNode24 } from './install.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
await ensureInstalled(root)
await runOnNode24(root, 'apps/server/clerk.ts')
