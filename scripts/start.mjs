// npm start [-- --dev]: installs what the lock says, then brings the product up on Node 24.
import { fileURLToPath } from 'node:url'
import { ensureInstalled, runOnNode24 } from './install.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
try {
  await ensureInstalled(root)
  await runOnNode24(root, 'apps/server/start.ts')
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}
