import { execFile } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { testDatabase } from '../platform/server/postgres/for-tests.ts'
import { BENCHES } from './benches.ts'
import { SHORT } from './lib.ts'

// That they run, and that what they measure is right. How fast is never asserted: `npm run bench` tells.

/** What must hold in the shortest run too. */
const CERTAIN = /not delivered|wrong rows/

test.each(Object.entries(BENCHES))(
  'the bench "%s" runs',
  async (_name, bench) => {
    const database = await testDatabase()
    try {
      const { table, findings } = await bench(database, SHORT)
      expect(table.length).toBeGreaterThan(1)
      expect(findings.length).toBeGreaterThan(0)
      const wrong = findings.filter(({ what, met }) => CERTAIN.test(what) && !met)
      expect(wrong).toEqual([])
    } finally {
      await database.drop()
    }
  },
  120_000,
)

test('a run of benches from the command line writes their reports down, and ends by itself', async () => {
  const file = join(tmpdir(), `opsflow-bench-${process.pid}.json`)
  try {
    const args = ['bench/main.ts', '--short', '--write', file, 'replica', 'permissions']
    await promisify(execFile)(process.execPath, args, { cwd: join(import.meta.dirname, '..') })
    expect(Object.keys(JSON.parse(readFileSync(file, 'utf8')).reports)).toEqual(['replica', 'permissions'])
  } finally {
    rmSync(file, { force: true })
  }
}, 120_000)
