// npm run release:statements: writes down what this release says to its database, as db/previous-release/said.json.
// Run it on the commit of each release; from then on every migration is held against what its servers go on saying.
import { fileURLToPath } from 'node:url'
import { ensureInstalled, runOnNode24 } from './install.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
await ensureInstalled(root)
const config = 'apps/server/test/previous-release/write-down.config.ts'
await runOnNode24(root, 'node_modules/vitest/vitest.mjs', ['run', '--config', config])
