import { expect, test } from 'vitest'
import { testDatabase } from '../platform/server/postgres/for-tests.ts'
import { alerts } from './alerts.ts'
import { checklist } from './checklist.ts'
import { fanOut, idleNode } from './fan-out.ts'
import { files } from './files.ts'
import { type Effort, type Report, SHORT } from './lib.ts'
import { list } from './list.ts'
import { occurrences } from './occurrences.ts'
import { overview } from './overview.ts'
import { permissions } from './permissions.ts'
import { replica } from './replica.ts'
import { revocation } from './revocation.ts'
import { feed, hotScope, pullRows, pushDrain } from './sync.ts'
import { context, facts, filters, switches } from './tenancy.ts'

// That they run, and that what they measure is right. How fast is never asserted: `npm run bench` tells.
test.each(
  Object.entries({
    context,
    filters,
    facts,
    files,
    list,
    permissions,
    revocation,
    replica,
    feed,
    hotScope,
    pullRows,
    pushDrain,
    checklist,
    alerts,
    occurrences,
    overview,
  }),
)(
  'the bench "%s" runs',
  async (_name, bench) => {
    const { table, findings } = await ran(bench)
    expect(table.length).toBeGreaterThan(1)
    expect(findings.length).toBeGreaterThan(0)
  },
  120_000,
)

test.each(Object.entries({ 'fan-out': fanOut, 'idle-node': idleNode }))(
  'the bench "%s" loses nothing',
  async (_name, bench) => {
    const { findings } = await ran(bench)
    const lost = findings.filter(({ what }) => what === 'not delivered')
    expect(lost.filter(({ met }) => !met)).toEqual([])
  },
  120_000,
)

test('the bench "switches" finds no wrong row', async () => {
  const { findings } = await ran(switches)
  const wrong = findings.filter(({ what }) => what.includes('wrong rows'))
  expect(wrong.filter(({ met }) => !met)).toEqual([])
}, 120_000)

async function ran(bench: (database: Awaited<ReturnType<typeof testDatabase>>, effort: Effort) => Promise<Report>) {
  const database = await testDatabase()
  try {
    return await bench(database, SHORT)
  } finally {
    await database.drop()
  }
}
