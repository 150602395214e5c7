import type { Actor } from '@opsflow/platform/actor'
import type { Database, openPool, Tx } from '@opsflow/platform/server/tenant'
import { manifest } from '../../../db/manifest.ts'

export type Pool = ReturnType<typeof openPool>

/** As opsflow_relay, which sees of every tenant only that it is there and whether it is a demo. */
export async function demoTenantIds(relay: Pool): Promise<string[]> {
  const { rows } = await relay.query<{ tenant_id: string }>('select tenant_id from tenants where is_demo order by 1')
  return rows.map(({ tenant_id }) => tenant_id)
}

/** Every tenant that is no demo, by the same eyes. */
export async function realTenants(relay: Pool): Promise<number> {
  const { rows } = await relay.query<{ n: number }>('select count(*)::int as n from tenants where not is_demo')
  return rows[0]?.n ?? 0
}

/** What is known of a demo that was made to its end. */
export type Seed = { chain: string; historyTo: string }

export const SEED = `
  select chain, history_to as "historyTo" from demo_seeds where tenant_id = (select app.tenant())`

/** The last row of a seeding: with it the demo counts as made. */
export async function noteSeeded(tx: Tx, chain: string, from: number, to: number) {
  await tx.query('insert into demo_seeds (chain, history_from, history_to) values ($1, $2, $3)', [
    chain,
    new Date(from).toISOString(),
    new Date(to).toISOString(),
  ])
}

export type DemoSensor = {
  id: string
  externalId: string
  unitId: string
  locationId: string
  organizationId: string
  gatewayId: string
  gatewayName: string
  lastMeasuredAt: string | null
}

/** Where each sensor hangs, how far it got, and the gateway that speaks for it. */
export const DEMO_SENSORS = `
  select s.id, s.external_id as "externalId", s.unit_id as "unitId", s.location_id as "locationId",
         l.organization_id as "organizationId", d.id as "gatewayId", d.name as "gatewayName",
         st.last_measured_at as "lastMeasuredAt"
    from sensors s
    join sensor_states st on st.tenant_id = s.tenant_id and st.id = s.id
    join units u on u.tenant_id = s.tenant_id and u.id = s.unit_id and u.retired_at is null
    join locations l on l.tenant_id = s.tenant_id and l.id = s.location_id and l.closed_at is null
    join lateral (select id, name from devices d
                   where d.tenant_id = s.tenant_id and d.location_id = s.location_id and d.revoked_at is null
                   order by d.id limit 1) d on true
   where s.tenant_id = (select app.tenant()) and s.external_id is not null and s.retired_at is null`

export type LatestAlarm = { id: string; answered: boolean }

/** The latest alarm of a unit that is still open: has anybody said what was done about it? */
export const LATEST_ALARM = `
  select a.id, coalesce(c.state <> 'opened', false) as answered
    from alarms a left join corrective_actions c on c.tenant_id = a.tenant_id and c.alarm_id = a.id
   where a.tenant_id = (select app.tenant()) and a.unit_id = $1 and a.kind = 'limit' and a.closed_at is null
   order by a.raised_at desc limit 1`

export type Deviation = { id: string; unitId: string; alarmId: string | null; openedAt: string }

/** Of a location, in the order in which they were opened. */
export const DEVIATIONS = `
  select id, unit_id as "unitId", alarm_id as "alarmId", opened_at as "openedAt" from corrective_actions
   where tenant_id = (select app.tenant()) and location_id = $1 order by opened_at, id`

/** What refers to a row goes before the row: the manifest lists tables in the order in which they were made. */
const TENANT_TABLES = Object.entries(manifest)
  .filter(([, holds]) => holds === 'tenant')
  .map(([table]) => table)
  .reverse()

/** The owner twice: fenced in one tenant, and for the upkeep of tables. */
export type Owner = { owner: Database; ownerPool: Pool }

const MANY = 10_000

/** After so many rows at once the planner has to look at them, before people do. */
export const learnStatistics = ({ ownerPool }: Owner) => ownerPool.query(`analyze ${TENANT_TABLES.join(', ')}`)

/**
 * Removes a demo tenant, as opsflow_owner: the runtime role may not delete what was recorded. Every statement runs in
 * the tenant's own signed context, where row-level security shows no other tenant's rows, and finds rows only while
 * the tenant is a demo. Its note goes first and the tenant last: interrupted, it is an unfinished demo and goes on here.
 * A product that runs may write into a table that was emptied already; then it goes round again, and as what can be
 * written to grows less each time, that ends.
 */
export async function wipeDemoTenant(owner: Owner, actor: Actor): Promise<number> {
  for (let round = 1; ; round++) {
    try {
      return await emptyTables(owner, actor)
    } catch (error) {
      if ((error as { code?: string }).code !== FOREIGN_KEY_VIOLATION || round === MOST_ROUNDS) throw error
    }
  }
}

const FOREIGN_KEY_VIOLATION = '23503'
const MOST_ROUNDS = 10

async function emptyTables({ owner, ownerPool }: Owner, actor: Actor): Promise<number> {
  let rows = 0
  for (const table of TENANT_TABLES) {
    const [deleted] = await owner.write(actor, async (tx) => {
      // Its evidence goes with it: what is wiped is not written down as deleted.
      await tx.query(`select set_config('app.wiping', 'demo', true)`)
      return tx.query<{ n: number }>(
        `with gone as (
           delete from ${table} where tenant_id = (select app.tenant())
              and (select is_demo from tenants where tenant_id = (select app.tenant())) returning 1)
         select count(*)::int as n from gone`,
      )
    })
    rows += deleted?.n ?? 0
    // Before the next table's foreign keys look for what is gone.
    if ((deleted?.n ?? 0) > MANY) await ownerPool.query(`vacuum ${table}`)
  }
  return rows
}

/** Takes the note away: from now on the demo counts as unfinished. */
export const forgetSeed = (owner: Database, actor: Actor) =>
  owner.write(actor, (tx) => tx.query('delete from demo_seeds where tenant_id = (select app.tenant())'))

/** As opsflow_auth: accounts of the demo that no member belongs to any more. */
export async function removeAccounts(auth: Pool, emails: readonly string[]) {
  await auth.query(
    `delete from auth.users u where u.email = any ($1)
        and not exists (select from members m where m.user_id = u.id)`,
    [emails],
  )
}

/** An account with a demo's address that a reset left alone, because its person also belongs to a real tenant. */
export async function accountOf(auth: Pool, email: string): Promise<string | undefined> {
  const { rows } = await auth.query<{ id: string }>('select id from auth.users where email = $1', [email])
  return rows[0]?.id
}

const DEMO_LOCK = 20_180_215_002 // one number for this lock; advisory locks have no names

/** Held by one process at a time: it changes the demo as a whole, or moves its sensors. It goes with its holder. */
export type Hold = { isLost: () => boolean; release: () => Promise<void> }

export async function tryHold(pool: Pool): Promise<Hold | null> {
  return hold(pool, 'select pg_try_advisory_lock($1::bigint) as held')
}

export async function waitToHold(pool: Pool): Promise<Hold> {
  const held = await hold(pool, 'select true as held from pg_advisory_lock($1::bigint)')
  if (!held) throw new Error('the lock of the demo was not given')
  return held
}

async function hold(pool: Pool, statement: string): Promise<Hold | null> {
  const client = await pool.connect()
  let isHeld = false
  try {
    const { rows } = await client.query<{ held: boolean }>(statement, [DEMO_LOCK])
    isHeld = rows[0]?.held ?? false
  } finally {
    if (!isHeld) client.release()
  }
  if (!isHeld) return null
  let lost = false
  client.once('error', () => {
    lost = true
  })
  // Ending the session is what gives the lock back.
  return { isLost: () => lost, release: async () => client.release(true) }
}
