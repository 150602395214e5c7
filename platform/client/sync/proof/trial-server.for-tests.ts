import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { Actor } from '../../../actor.ts'
import { Refusal } from '../../../refusal.ts'
import { openLog } from '../../../server/log.ts'
import { isPassing } from '../../../server/passing.ts'
import { type TestDatabase, testDatabase } from '../../../server/postgres/for-tests.ts'
import { foundTenant, hire, type TestTenant } from '../../../server/postgres/tenant.for-tests.ts'
import { drainKeys } from '../../../server/sync/drain-key.ts'
import { pull } from '../../../server/sync/pull.ts'
import { push } from '../../../server/sync/push.ts'
import { verify } from '../../../server/sync/verify.ts'
import { type Database, openDatabase, openPool } from '../../../server/tenant.ts'
import { type PullAnswer, PullBody, type PushAnswer, PushBody } from '../../../sync.ts'
import { ApiProblem, Unreachable } from '../../problem.ts'
import { TRIAL_TABLES, trialEntities, trialServerMutators } from './trial-rows.for-tests.ts'

/** The server's own sync code on a real database, without HTTP between. */
export type TrialServer = {
  test: TestDatabase
  database: Database
  admin: pg.Pool
  tenant: TestTenant
  push: (actor: Actor, body: unknown) => Promise<PushAnswer>
  pull: (actor: Actor, body: unknown) => Promise<PullAnswer>
  verify: (actor: Actor, cursor: PullAnswer['cursor']) => ReturnType<typeof verify>
  rows: <Row>(sql: string, params?: unknown[]) => Promise<Row[]>
  /** Two locations of this trial's own, with a counter, three tasks, and people. */
  plot: () => Promise<Plot>
  close: () => Promise<void>
}

export type Plot = { places: [string, string]; counter: string; tasks: string[] }

/** `test`: in this database; else in one of its own. */
export async function openTrialServer(test?: TestDatabase): Promise<TrialServer> {
  return trialServerIn(test ?? (await testDatabase()))
}

async function trialServerIn(test: TestDatabase): Promise<TrialServer> {
  const admin = openPool(test.admin, 4)
  await admin.query(TRIAL_TABLES)
  const database = openDatabase({ url: test.urls.app, contextKey: test.contextKey, poolSize: 8, prepared: true })
  const tenant = await foundTenant(database, 'Trial')
  const parts = {
    database,
    entities: trialEntities,
    mutators: trialServerMutators,
    actors: {
      reader: async (actor: Actor) => actor,
      doer: async (actor: Actor) => ({ may: true as const, actor, proved: 'own' as const }),
    },
    drainKeyOf: drainKeys('a secret of the tests').keyOf,
    log: openLog('silent'),
  }
  const rows = async <Row>(sql: string, params: unknown[] = []) => (await admin.query(sql, params)).rows as Row[]
  return {
    test,
    database,
    admin,
    tenant,
    rows,
    push: (actor, body) => answered(() => push(parts, actor, PushBody.parse(body))),
    pull: (actor, body) => answered(() => pull(parts, actor, PullBody.parse(body))),
    verify: (actor, cursor) => verify(parts, actor, { clientId: randomUUID(), cursor }),
    plot: () => newPlot(rows, tenant),
    close: async () => {
      await Promise.all([database.close(), admin.end()])
      await test.drop()
    },
  }
}

async function newPlot(rows: TrialServer['rows'], { tenantId, organizationId }: TestTenant): Promise<Plot> {
  const [made] = await rows<Plot>(
    `with places as (
       insert into locations (tenant_id, organization_id, name, kind, timezone)
       values ($1, $2, 'Here ' || gen_random_uuid(), 'cafe', 'UTC'), ($1, $2, 'There ' || gen_random_uuid(), 'cafe', 'UTC')
       returning id),
     here as (select id from places limit 1),
     counter as (insert into trial_counters (tenant_id, id, location_id) select $1, gen_random_uuid(), id from here returning id),
     tasks as (insert into trial_tasks (tenant_id, id, location_id)
       select $1, gen_random_uuid(), id from here, generate_series(1, 3) returning id)
     select (select array_agg(id order by id = (select id from here) desc) from places) as places,
            (select id from counter) as counter, (select array_agg(id) from tasks) as tasks`,
    [tenantId, organizationId],
  )
  if (!made) throw new Error('no plot')
  return made
}

/** Someone who works at these places. */
export const worker = (server: TrialServer, name: string) =>
  hire(server.database, server.tenant, name, ['trial.work'], new Set<string>())

export const at = (actor: Actor, places: readonly string[]): Actor => ({
  ...actor,
  locationIds: new Set(places),
  permissions: new Map([['trial.work', new Set(places)]]),
})

/** As it would arrive over the network: a document, or a problem. */
async function answered<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return JSON.parse(JSON.stringify(await ask())) as Answer
  } catch (error) {
    if (error instanceof Refusal && error.kind !== 'unavailable') {
      const { code, details } = error
      const status = error.kind === 'conflict' ? 409 : 403
      const problem = { type: '', title: '', status, code, detail: code, requestId: '' }
      throw new ApiProblem({ ...problem, ...(details.errors && { errors: details.errors }) })
    }
    if (error instanceof Refusal || isPassing(error)) throw new Unreachable('Not now.', { cause: error })
    throw error
  }
}
