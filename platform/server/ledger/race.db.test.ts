import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemActor } from '../../actor.ts'
import { proven } from '../proven.for-tests.ts'
import { type LedgerWorld, ledgerWorld } from './ledger.for-tests.ts'

/**
 * Sixteen writers change the same rows, begin early and commit late, roll back now and then, while two sealers work. A
 * cursor over numbers or times would pass over what commits behind it.
 */
const LONG = Boolean(process.env.LONG_TESTS)
const WRITERS = 16
const ROUNDS = LONG ? 200 : 12

let world: LedgerWorld

beforeAll(async () => {
  world = await ledgerWorld()
})
afterAll(() => world.close())

test('nothing that commits late is passed over, and nothing is sealed twice', { timeout: 600_000 }, async () => {
  const actor = systemActor(world.tenant.tenantId, world.tenant.organizationId, 'test')
  const shared = await world.database.write(actor, (tx) =>
    tx.query<{ id: string }>(
      `insert into tasks (tenant_id, location_id, title, task_type, priority, cause_kind, cause_id)
       select (select app.tenant()), $1, 'Shared ' || n, 'cleaning', 'medium', 'manual', uuidv7() from generate_series(1, 4) n returning id`,
      [world.tenant.locations[0]],
    ),
  )
  let committed = 4
  let undone = 0
  let working = true
  const writer = async (who: number) => {
    for (let round = 0; round < ROUNDS; round++) {
      const task = shared[(who + round) % shared.length]?.id
      const fails = (who + round) % 7 === 0
      await world.database
        .write(actor, async (tx) => {
          // Its number is taken now; it commits after others that began later.
          await tx.query(
            `insert into tasks (location_id, title, task_type, priority, cause_kind, cause_id) values ($1, $2, 'prep', 'low', 'manual', uuidv7())`,
            [world.tenant.locations[0], `${who}/${round}`],
          )
          await pause((who * 7 + round * 13) % 40)
          await tx.query('update tasks set description = $2 where id = $1', [task, `${who}/${round}`])
          if (fails) throw new Error('changed its mind')
        })
        .then(
          () => {
            committed += 2
          },
          (error: Error) => {
            if (error.message !== 'changed its mind') throw error
            undone++
          },
        )
    }
  }
  let heads = 0
  const sealer = async () => {
    while (working) {
      if ((await world.seal()) > 0) heads++
      await pause(5)
    }
  }
  const sealing = [sealer(), sealer()]
  await Promise.all(Array.from({ length: WRITERS }, (_, who) => writer(who)))
  working = false
  await Promise.all(sealing)
  await world.seal()

  const { rows } = await world.admin.query<{
    leaves: number
    last: number
    ids: number
    tasks: number
    waiting: number
  }>(
    `select count(*)::int as leaves, max(leaf)::int as last, count(distinct id)::int as ids,
            count(*) filter (where source = 'tasks')::int as tasks, (select count(*)::int from ledger_unsealed) as waiting from ledger_events`,
  )
  const [log] = rows
  const checked = await world.check(await world.export())
  proven('records', {
    title: 'Sealing while sixteen write',
    method:
      'Writers begin early and commit late, change the same rows and roll back now and then, while two sealers work. Afterwards every committed change has its place once.',
    findings: [
      {
        what: 'committed changes that have a place, of those made',
        goal: 'all',
        seen: `${log?.tasks} of ${committed}`,
        met: log?.tasks === committed,
      },
      { what: 'transactions rolled back, none of them in the log', seen: String(undone) },
      { what: 'heads signed meanwhile', seen: String(heads) },
    ],
  })
  expect(log).toEqual({
    leaves: log?.ids,
    last: (log?.leaves ?? 0) - 1,
    ids: log?.leaves,
    tasks: committed,
    waiting: 0,
  })
  expect(undone).toBeGreaterThan(0)
  expect(heads).toBeGreaterThan(3)
  expect(checked.wrong).toEqual([])
})
