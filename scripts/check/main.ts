import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { arrows } from './arrows/check.ts'
import { colours } from './colours.ts'
import { deadCode } from './dead-code.ts'
import { dependencies } from './dependencies.ts'
import { licences } from './licences.ts'
import { lint } from './lint.ts'
import { migrations } from './migrations.ts'
import { npmScripts } from './npm-scripts.ts'
import { runChecks } from './run.ts'
import { secrets } from './secrets.ts'
import { sqlInStores } from './sql-in-stores.ts'
import { traces } from './traces.ts'
import { typesOfEveryFace } from './types.ts'
import { waysOut } from './ways-out.ts'

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '')

/** Slow ones first, so that two processors end together. */
const checks = [
  ...typesOfEveryFace,
  deadCode,
  lint,
  arrows,
  sqlInStores,
  migrations,
  dependencies,
  licences,
  npmScripts,
  colours,
  traces,
  secrets,
  waysOut,
]

const { values, positionals } = parseArgs({ allowPositionals: true, options: { report: { type: 'string' } } })
const { passed, failed } = await runChecks(checks, { root, only: positionals })
if (values.report) writeFileSync(values.report, JSON.stringify({ passed, failed, skipped: 0, skippedTitles: [] }))
process.exitCode = failed === 0 && passed > 0 ? 0 : 1
