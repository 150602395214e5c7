import { createHash } from 'node:crypto'
import { firstMissing, signedText, type UnitHere } from '@opsflow/capabilities/checklists'
import { readRecord } from '@opsflow/capabilities/checklists/server'
import { replay, type SensorReading, sense, unitRule } from '@opsflow/capabilities/temperature'
import { recordReadings, respondToDeviation } from '@opsflow/capabilities/temperature/server'
import type { Actor } from '@opsflow/platform/actor'
import { justNow } from '@opsflow/platform/moment'
import { type TestDatabase, testDatabase } from '@opsflow/platform/server/postgres/for-tests'
import { newSecrets } from '@opsflow/platform/server/postgres/secrets'
import type { Tx } from '@opsflow/platform/server/tenant'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Chain, harborAndVine, juniperStreet } from './chain.ts'
import { type DemoChain, demoChain } from './chains.ts'
import { type DemoGround, demoActor, openDemoGround } from './ground.ts'
import { LiveChain } from './live-chain.ts'
import { chainRoster, DEMO_PASSWORD, dinerRoster } from './roster.ts'
import { makeDemo, resetDemo } from './seed.ts'
import { sensorHistory } from './sensor-history.ts'
import { kitchensOf, standingDemos } from './standing.ts'
import { tryHold, wipeDemoTenant } from './store.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const END = Date.now() - HOUR

/** Three locations of two brands and three days, and the other customer's one location. */
const [burgers, kitchen] = harborAndVine.brands as [Chain['brands'][number], Chain['brands'][number]]
const few: Chain = {
  ...harborAndVine,
  historyDays: 3,
  brands: [
    { ...burgers, locations: burgers.locations.slice(0, 2) },
    { ...kitchen, locations: kitchen.locations.filter(({ kind }) => kind === 'cafe').slice(0, 1) },
  ],
}
const diner: Chain = { ...juniperStreet, historyDays: 2 }
const chains: DemoChain[] = [demoChain(few, chainRoster(few)), demoChain(diner, dinerRoster(diner))]

let testDb: TestDatabase
let ground: DemoGround
let admin: pg.Client
const quiet = () => undefined

beforeAll(async () => {
  testDb = await testDatabase()
  const secrets = { ...newSecrets(), contextKey: testDb.contextKey.toString('base64') }
  ground = await openDemoGround({ urls: testDb.urls, secrets })
  admin = new pg.Client(testDb.admin)
  await admin.connect()
  await makeDemo(ground, chains, END, quiet)
})

afterAll(async () => {
  await admin?.end()
  await ground?.close()
  await testDb?.drop()
})

const rows = async <Row extends object>(sql: string, params: unknown[] = []) =>
  (await admin.query<Row>(sql, params)).rows
const count = async (from: string, params: unknown[] = []) =>
  Number((await rows<{ n: string }>(`select count(*) as n from ${from}`, params))[0]?.n)
const demoOf = async (chain: Chain) => {
  const demo = (await standingDemos(ground)).find(({ seed }) => seed?.chain === chain.key)
  if (!demo) throw new Error(`no demo of ${chain.key}`)
  return { ...demo, kitchens: await kitchensOf(ground, demo, chains) }
}

describe('a demo that was made', () => {
  test('holds every location, sensor and person of its plan, and says that it is a demo', async () => {
    expect(await count('tenants where is_demo')).toBe(2)
    expect(await count('organizations')).toBe(3)
    expect(await count('locations')).toBe(4)
    expect(await count('sensors')).toBe(9 + 9 + 5 + 9)
    expect(await count(`members where email = 'admin@${few.domain}'`)).toBe(2)
    expect(await count('devices')).toBe(4)
    expect(await count('checklist_templates where published_version = 1 and not is_changed')).toBeGreaterThan(20)
    expect(await count('checklist_templates where published_version is null')).toBe(0)
  })

  test('has cooled, kept hot and labelled food, with probes that are calibrated', async () => {
    expect(await count('probes')).toBe(4 * 2)
    expect(await count(`processes where kind = 'date_mark' and state = 'running'`)).toBe(4 * 4)
    expect(await count(`processes where kind in ('cooling', 'hot_holding') and state <> 'running'`)).toBeGreaterThan(12)
    // Nothing of it is owed: a demo that stands for weeks is no kitchen that forgot its soup.
    expect(await count(`processes where needs_verification and state <> 'verified'`)).toBe(0)
    expect(await count(`tasks where cause_kind like 'process.%' and status in ('todo', 'in_progress')`)).toBe(0)
  })

  test('lets its people sign in with the one password', async () => {
    const client = { headers: {}, address: '127.0.0.1' }
    expect(await ground.identity.signIn(`manager@${few.domain}`, DEMO_PASSWORD, client)).not.toBeNull()
    expect(await ground.identity.signIn(`manager@${few.domain}`, 'another password', client)).toBeNull()
  })

  test('has days of checklists behind it, most of them done, and open ones ahead', async () => {
    const { kitchens } = await demoOf(few)
    for (const { system } of kitchens.slice(0, 1)) {
      const lists = await rows<{ id: string; status: string }>(
        `select c.id, c.status from checklists c join locations l on l.id = c.location_id
          where l.organization_id = $1 and c.due_at < $2 order by c.due_at`,
        [system.organizationId, new Date(END)],
      )
      expect(lists.length).toBeGreaterThan(20)
      expect(lists.filter(({ status }) => status === 'completed').length).toBeGreaterThan(lists.length * 0.8)
    }
    expect(await count(`checklists where status = 'open' and due_at > now()`)).toBeGreaterThan(10)
    expect(await count(`checklists where status = 'open' and missed_at < $1`, [new Date(END)])).toBe(0)
  })

  test('each audit that was done has the score it came to, and no other checklist has one', async () => {
    const lists = await rows<{ isAudit: boolean; scores: number }>(
      `select v.content -> 'scoring' ->> 'scheme' is not null as "isAudit",
              (select count(*)::int from audits a where a.checklist_id = c.id) as scores
         from checklists c join checklist_forms f on f.id = c.form_id
         join checklist_template_versions v on v.template_id = f.template_id and v.version = f.version
        where c.status = 'completed'`,
    )
    expect(lists.length).toBeGreaterThan(20)
    expect(lists.filter(({ isAudit, scores }) => scores !== (isAudit ? 1 : 0))).toEqual([])
  })

  test('each kitchen has a signed HACCP plan that is tied to its own units and schedules', async () => {
    const plans = await rows<{
      locationId: string
      revisions: number
      units: number
      foreign: number
      schedules: number
    }>(
      `select p.location_id as "locationId", (select count(*)::int from haccp_revisions r where r.plan_id = p.id) as revisions,
              count(*) filter (where tie ->> 'kind' = 'unit')::int as units,
              count(*) filter (where tie ->> 'kind' = 'unit' and u.location_id is distinct from p.location_id)::int as foreign,
              count(*) filter (where tie ->> 'kind' = 'schedule')::int as schedules
         from haccp_plans p join haccp_revisions r on r.id = p.in_force_id,
              jsonb_path_query(r.content, '$.controls[*].ties[*]') tie
         left join units u on u.id::text = tie ->> 'unitId'
        group by p.location_id, p.id`,
    )
    expect(plans.length).toBe(await count('locations'))
    for (const { revisions, units, foreign, schedules } of plans) {
      expect([revisions, foreign]).toEqual([2, 0])
      expect(units).toBeGreaterThan(3)
      expect(schedules).toBeGreaterThan(1)
    }
  })

  test('what its audits found is put right by one person and confirmed by another, and not all of it', async () => {
    const found = await rows<{ state: string; fixers: string[]; confirmers: string[] }>(
      `select f.state, array_agg(s.recorded_by::text) filter (where s.step = 'fixed') as fixers,
              array_agg(s.recorded_by::text) filter (where s.step = 'verified') as confirmers
         from findings f join finding_steps s on s.finding_id = f.id group by f.id, f.state`,
    )
    expect(new Set(found.map(({ state }) => state))).toContain('verified')
    for (const { fixers, confirmers } of found) {
      expect((confirmers ?? []).filter((one) => (fixers ?? []).includes(one))).toEqual([])
    }
  })

  test('has a year of audits behind it: every week, every month, found and found again, and nothing owed for long', async () => {
    const [of] = await rows<{ months: number; audits: number; places: number; best: number; worst: number }>(
      `select count(distinct date_trunc('month', a.audit_date))::int as months, count(*)::int as audits,
              count(distinct a.location_id)::int as places, max(a.compliance_score)::float8 as best,
              min(a.compliance_score)::float8 as worst
         from audits a join tenants t on t.tenant_id = a.tenant_id where t.name = $1`,
      [few.name],
    )
    expect(of?.months).toBeGreaterThanOrEqual(12)
    expect(of?.audits).toBeGreaterThan(3 * 50)
    expect(of?.places).toBe(3)
    expect(of?.best).toBe(100)
    expect(of?.worst).toBeLessThan(80)
    expect(await count('findings where times > 1')).toBeGreaterThan(5)
    expect(await count('findings where resolved_at is not null')).toBeGreaterThan(50)
    expect(await count(`findings where state = 'open' and opened_at < $1`, [new Date(END - 40 * 24 * HOUR)])).toBe(0)
    expect(await count(`checklists where status = 'missed' and schedule_id is null`)).toBeGreaterThan(0)
    // A task is open as long as its finding is.
    expect(
      await count(`findings f join tasks t on t.id = f.task_id where (f.state = 'open') <> (t.status in ('todo', 'in_progress'))
                     and f.state not in ('repeated', 'withdrawn')`),
    ).toBe(0)
  })

  test('its checklists are complete by the product’s own rules, and their signatures hold', async () => {
    const [signed] = await rows<{ tenant: string; organization: string; n: number }>(
      `select c.tenant_id as tenant, l.organization_id as organization, count(*)::int as n
         from checklist_sign_offs s join checklists c on c.id = s.checklist_id join locations l on l.id = c.location_id
        group by 1, 2 order by 3 desc limit 1`,
    )
    const actor = demoActor(signed?.tenant ?? '', signed?.organization ?? '')
    const ids = await rows<{ id: string; digest: string }>(
      `select c.id, encode(s.digest, 'hex') as digest from checklists c join checklist_sign_offs s on s.checklist_id = c.id
         join locations l on l.id = c.location_id where l.organization_id = $1 order by c.due_at desc limit 12`,
      [actor.organizationId],
    )
    expect(ids.length).toBeGreaterThan(3)
    for (const { id, digest } of ids) {
      const { checklist, form, answers, units } = await ground.app.read(actor, async (tx) => {
        const record = await readRecord(tx, id)
        const here = await tx.query<UnitHere>('select id, name, kind from units where location_id = $1', [
          record.checklist.locationId,
        ])
        return { ...record, units: here }
      })
      expect(firstMissing(form, answers, units)).toBeUndefined()
      expect(
        createHash('sha256')
          .update(signedText(form, checklist, answers))
          .digest('hex'),
      ).toBe(digest)
    }
  })

  test('was judged by the product: every reading, and every alarm, is what the rules make of the plan', async () => {
    const { kitchens } = await demoOf(few)
    let alarms = 0
    for (const { plan, sensors } of kitchens) {
      for (const { plan: unit, sensorId } of sensors) {
        const rule = unitRule([{ id: 'plan', startsAt: new Date(0).toISOString(), ...unit.policy }], plan.timezone)
        const sent = new Map(
          [...sensorHistory(plan, unit, { from: END - 3 * 24 * HOUR, to: END })].map((one) => [
            one.measuredAt,
            one.sent,
          ]),
        )
        const sensed = [...sent].map(([at, value]) => ({
          at,
          ...sense(value, 'F', { source: 'sensor', unitKind: unit.simulated.kind }),
        }))
        const readings = sensed.flatMap((one): SensorReading[] => {
          if ('value' in one) return [{ at: one.at, ...one.value }]
          return 'fault' in one ? [{ at: one.at, fault: one.fault }] : []
        })
        const broken = readings.filter((one) => 'milli' in one && rule.judge(one, one.at).compliant === false).length
        expect(await count('temperature_logs where sensor_id = $1', [sensorId])).toBe(readings.length)
        expect(await count('temperature_logs where sensor_id = $1 and is_compliant = false', [sensorId])).toBe(broken)
        alarms += replay(rule.alarmAt, readings).excursions.filter(({ alarmedAt }) => alarmedAt !== null).length
      }
    }
    const { tenantId } = await demoOf(few)
    expect(await count("alarms where kind = 'limit' and tenant_id = $1", [tenantId])).toBe(alarms)
  })

  test('an alarm has its corrective action and task; what is verified was verified by someone who took no part', async () => {
    expect(await count("alarms where kind = 'limit' and task_id is null")).toBe(0)
    expect(
      await count(`alarms a where kind = 'limit'
        and not exists (select from corrective_actions c where c.alarm_id = a.id and c.tenant_id = a.tenant_id)`),
    ).toBe(0)
    expect(await count('corrective_actions')).toBeGreaterThan(0)
    expect(
      await count(`corrective_action_steps v join corrective_action_steps o using (tenant_id, corrective_action_id)
        where v.step = 'verification' and o.step in ('response', 'recheck', 'closure') and o.recorded_by = v.recorded_by`),
    ).toBe(0)
  })

  test('keeps its tenants apart: each sees its own locations and readings and none of the other', async () => {
    const seen = async (chain: Chain) => {
      const { tenantId } = await demoOf(chain)
      const actor = demoActor(tenantId, tenantId)
      const [locations] = await ground.app.readOne<{ names: string[] }>(
        actor,
        'select array_agg(name) as names from locations',
      )
      const [logs] = await ground.app.readOne<{ tenants: number }>(
        actor,
        'select count(distinct tenant_id)::int as tenants from temperature_logs',
      )
      return { names: locations?.names.length, tenants: logs?.tenants }
    }
    expect(await seen(few)).toEqual({ names: 3, tenants: 1 })
    expect(await seen(diner)).toEqual({ names: 1, tenants: 1 })
  })

  test('making it again changes nothing', async () => {
    const before = await count('temperature_logs')
    await makeDemo(ground, chains, END, quiet)
    expect(await count('temperature_logs')).toBe(before)
    expect(await count('tenants')).toBe(2)
  })
})

describe('stopped for a while', () => {
  test('the gateways deliver what they kept; nobody was silent, nothing comes twice', async () => {
    const { tenantId, kitchens } = await demoOf(diner)
    const until = END + 50 * MINUTE
    const before = await count('temperature_logs where tenant_id = $1', [tenantId])
    await makeDemo(ground, chains, until, quiet)
    const delivered = (await count('temperature_logs where tenant_id = $1', [tenantId])) - before
    expect(delivered).toBeGreaterThan(kitchens.flatMap(({ sensors }) => sensors).length * 3)
    expect(await count("alarms where kind = 'silent' and raised_at > $1", [new Date(END)])).toBe(0)
    await makeDemo(ground, chains, until, quiet)
    expect(await count('temperature_logs where tenant_id = $1', [tenantId])).toBe(before + delivered)
  })
})

describe('live', () => {
  const failing =
    "alarms a join units u on u.tenant_id = a.tenant_id and u.id = a.unit_id where a.kind = 'limit' and a.raised_at > $1"
  const start = END + HOUR
  const run = async (live: LiveChain, from: number, minutes: number) => {
    for (let at = from; at < from + minutes * MINUTE; at += 5_000) await live.tick(at)
    return from + minutes * MINUTE
  }

  test('one unit fails and raises one alarm with its task within ten minutes; answered, it recovers; stopped, it is still', async () => {
    const live = new LiveChain(ground, chains, start)
    const alarmed = await run(live, start, 11)
    const raised = await rows<{ name: string; task_id: string; cleared_at: string | null }>(
      `select u.name, a.task_id, a.cleared_at from ${failing}`,
      [new Date(start)],
    )
    expect(raised).toEqual([{ name: 'Walk-in cooler', task_id: expect.any(String), cleared_at: null }])

    const { kitchens } = await demoOf(few)
    const system = kitchens[0]?.system
    const [action] = await rows<{ id: string }>(
      `select c.id from corrective_actions c join alarms a on a.id = c.alarm_id where a.raised_at > $1`,
      [new Date(start)],
    )
    if (!system || !action) throw new Error('nothing to answer')
    await ground.app.write(system, (tx) =>
      respondToDeviation(
        tx,
        action.id,
        { cause: 'equipment_failure', action: 'called_service', disposition: 'moved', note: '' },
        justNow(new Date(alarmed)),
      ),
    )
    const recovered = await run(live, alarmed, 6)
    expect(await count(`${failing} and a.cleared_at is not null`, [new Date(start)])).toBe(1)

    await live.letGo()
    const before = await count('temperature_logs')
    expect(await count('temperature_logs where measured_at > $1', [new Date(recovered)])).toBe(0)

    const again = new LiveChain(ground, chains, recovered)
    await run(again, recovered, 4)
    await again.letGo()
    expect(await count('temperature_logs')).toBeGreaterThan(before)
    expect(await count('temperature_logs l where l.flags @> array[$1]', ['conflict'])).toBe(0)
    expect(await count(failing, [new Date(start)])).toBe(1)
  })

  test('only the process that holds the demo moves it', async () => {
    const hold = await tryHold(ground.relay)
    const live = new LiveChain(ground, chains, start + 2 * HOUR)
    const before = await count('temperature_logs')
    await run(live, start + 2 * HOUR, 3)
    expect(await count('temperature_logs')).toBe(before)
    await live.letGo()
    await hold?.release()
  })
})

describe('killed while it was made, and reset', () => {
  test('a half demo is no demo: the next start wipes it and makes it whole', async () => {
    const { tenantId } = await demoOf(few)
    const killed = resetDemo(ground, chains, END, (progress) => {
      if (/ 10 of/.test(progress)) throw new Error('killed')
    })
    await expect(killed).rejects.toThrow('killed')
    expect((await standingDemos(ground)).some(({ seed }) => seed === null)).toBe(true)

    await makeDemo(ground, chains, END, quiet)
    expect(await count('tenants')).toBe(2)
    expect(await count('sensors')).toBe(9 + 9 + 5 + 9)
    expect(await count('temperature_logs where tenant_id = $1', [tenantId])).toBe(0)
    expect(
      await count(
        'temperature_logs where not exists (select from tenants t where t.tenant_id = temperature_logs.tenant_id)',
      ),
    ).toBe(0)
    expect(await count(`auth.users where email = 'admin@${few.domain}'`)).toBe(1)
  })

  test('beside a product that goes on writing it is wiped all the same', async () => {
    const demo = await demoOf(diner)
    const [kitchen] = demo.kitchens
    const [sensor] = kitchen?.sensors ?? []
    if (!kitchen || !sensor) throw new Error('the diner has no sensor')
    let written = 0
    /** A reading arrives just after the readings were removed, while the unit it is of still stands. */
    const owner = {
      ...ground.owner,
      write: async <T>(actor: Actor, work: (tx: Tx) => Promise<T>) => {
        const done = await ground.owner.write(actor, work)
        if (written === 0 && (await count('temperature_logs where tenant_id = $1', [demo.tenantId])) === 0) {
          const reading = { sensorId: sensor.sensorId, sent: '38.0', unit: 'F' as const, measuredAt: Date.now() }
          const outcome = await ground.app.write(kitchen.gateway, (tx) =>
            recordReadings(tx, [reading], { source: 'sensor' }),
          )
          written += outcome.filter(({ status }) => status === 'accepted').length
        }
        return done
      },
    }
    await resetDemo({ ...ground, owner }, chains, END, quiet)
    expect(written).toBe(1)
    expect(await count('tenants')).toBe(2)
    expect(await count('sensors')).toBe(9 + 9 + 5 + 9)
    expect(await count('temperature_logs where tenant_id = $1', [demo.tenantId])).toBe(0)
  })

  test('whoever moves its sensors lets go while it is reset, and goes on with what is there afterwards', async () => {
    const before = await demoOf(diner)
    const live = new LiveChain(ground, chains, Date.now())
    await live.tick(Date.now())
    let at = Date.now()
    let isReset = false
    const ticking = async () => {
      for (; !isReset; at += 6_000) {
        await live.tick(at).catch(quiet)
        await new Promise((next) => setTimeout(next, 50))
      }
    }
    const ticked = ticking()
    await resetDemo(ground, chains, END, quiet).finally(() => {
      isReset = true
    })
    await ticked
    const after = await demoOf(diner)
    expect(after.tenantId).not.toBe(before.tenantId)
    const readings = () => count('temperature_logs where tenant_id = $1', [after.tenantId])
    const made = await readings()
    for (let tick = 1; tick <= 3; tick++) await live.tick(at + tick * 3 * MINUTE)
    expect(await readings()).toBeGreaterThan(made)
    await live.letGo()
  }, 60_000)

  test('a tenant that is no demo is never wiped, and an account that it shares stays', async () => {
    const [real, organization] = ['10000000-0000-4000-8000-000000000001', '10000000-0000-4000-8000-000000000002']
    const [user] = await rows<{ id: string }>('select id from auth.users where email = $1', [`admin@${diner.domain}`])
    await admin.query(`insert into tenants (tenant_id, name) values ('${real}', 'Real')`)
    await admin.query(
      `insert into organizations (tenant_id, id, name, slug) values ('${real}', '${organization}', 'Real', 'real')`,
    )
    await admin.query(
      `insert into members (tenant_id, organization_id, user_id, name) values ('${real}', '${organization}', $1, 'Both')`,
      [user?.id],
    )
    expect(await wipeDemoTenant(ground, demoActor(real, organization))).toBe(0)
    await resetDemo(ground, chains, END, quiet)
    expect(await count('members where tenant_id = $1', [real])).toBe(1)
    expect(await count('auth.users where id = $1', [user?.id])).toBe(1)
    expect(await count('tenants where is_demo')).toBe(2)
  })
})
