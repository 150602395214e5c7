import { randomUUID } from 'node:crypto'
import type { Timing } from '../capabilities/checklists/schedule.ts'
import { makeChecklists, occurrencesOf } from '../capabilities/checklists/server/schedules/make-checklists.ts'
import { readGroups, readPlaces, readRunning } from '../capabilities/checklists/server/schedules/store-making.ts'
import { targeting } from '../capabilities/checklists/targets.ts'
import { systemActor } from '../platform/actor.ts'
import type { TestDatabase } from '../platform/server/postgres/for-tests.ts'
import { openDatabase } from '../platform/server/tenant.ts'
import { Chains } from './chains.ts'
import { atLeast, type Effort, median, type Report, round } from './lib.ts'

const SCHEDULES = 12
const DAY = 24 * 3_600_000
/** As the job takes them: so many locations to a transaction. */
const BATCH = 200
const ZONES = [
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
  'Europe/Berlin',
  'Asia/Tokyo',
]

/**
 * A day's checklists of 5,000 locations, each with hours of its own, by 12 schedules: worked out by the rules, and made as
 * the job makes them. Beside it the same rows, batch by batch and in turns, are put into the same table with the same
 * constraints by one bare statement, as the superuser and without the feed to devices.
 */
export async function occurrences(database: TestDatabase, effort: Effort): Promise<Report> {
  const isShort = effort.rounds === 1
  const locations = isShort ? 40 : 5000
  const chains = await Chains.plant(database, 1)
  const [tenant] = chains.tenants
  if (!tenant) throw new Error('no tenant')
  const product = openDatabase({ url: database.urls.app, contextKey: database.contextKey, poolSize: 2, prepared: true })
  const system = systemActor(tenant.tenantId, tenant.organizationId, 'checklist-schedules')
  try {
    const ids = await plantPlaces(chains, tenant, locations)
    await plantSchedules(chains, tenant)
    const now = Date.parse('2030-06-03T07:00:00Z')

    // Only the rules: nothing is asked of the database meanwhile.
    const [places, schedules, targeted] = await product.read(system, async (tx) => [
      (await readPlaces(tx)).filter(({ id }) => ids.includes(id)),
      await readRunning(tx),
      targeting(await readGroups(tx)),
    ])
    const from = performance.now()
    const worked = occurrencesOf(schedules, places, targeted, () => [now, now + DAY])
    const ruleSeconds = (performance.now() - from) / 1000
    // Hours differ from day to day, so here and there one more or less falls into the day.
    const each = worked.length / (locations * SCHEDULES)
    if (Math.abs(each - 1) > 0.05) throw new Error(`${worked.length} occurrences, not one of each`)

    // The chain has run for a day: its forms are there, and exactly the next day is missing.
    await chains.admin.query(
      `insert into checklist_progress (tenant_id, id, location_id, made_until) select $1, id, id, $3 from unnest($2::uuid[]) id`,
      [tenant.tenantId, ids, new Date(now - DAY).toISOString()],
    )
    const lookedAt = now - 1.5 * DAY + DAY
    for (let n = 0; n < ids.length; n += BATCH)
      await product.write(system, (tx) => makeChecklists(tx, ids.slice(n, n + BATCH), lookedAt - DAY))
    await chains.admin.query('vacuum analyze')
    await chains.admin.query('create table bare_checklists (like checklists including all)')
    await sameReferences(chains)
    const took = { product: [] as number[], bare: [] as number[] }
    let made = 0
    for (let n = 0; n < ids.length; n += BATCH) {
      const batch = ids.slice(n, n + BATCH)
      const start = performance.now()
      await product.write(system, (tx) => makeChecklists(tx, batch, lookedAt))
      took.product.push((performance.now() - start) / 1000)
      const rows = await madeRows(chains, tenant.tenantId, batch, now)
      made += rows.id?.length ?? 0
      const bareStart = performance.now()
      await insertBare(chains, rows)
      took.bare.push((performance.now() - bareStart) / 1000)
    }
    if (made !== worked.length) throw new Error(`${made} checklists were made, not ${worked.length}`)
    const sum = (all: number[]) => all.reduce((a, b) => a + b, 0)
    const perSecond = (all: number[]) => Math.round(made / sum(all))
    const ratio = median(took.product.map((seconds, n) => (took.bare[n] ?? 0) / seconds))
    return {
      title: `A day's checklists of ${locations} locations by ${SCHEDULES} schedules: ${made}`,
      table: [
        { what: 'worked out by the rules', 'occurrences/s': Math.round(worked.length / ruleSeconds), '× bare': '' },
        { what: 'bare insert of the same rows', 'occurrences/s': perSecond(took.bare), '× bare': 1 },
        { what: 'made, whole', 'occurrences/s': perSecond(took.product), '× bare': round(ratio, 3) },
      ],
      findings: [
        atLeast('worked out by the rules', 50_000, worked.length / ruleSeconds, '/s'),
        atLeast('whole, by the bare insert', 0.3, ratio, '×'),
      ],
    }
  } finally {
    await product.close()
    await chains.close()
  }
}

type Tenant = { tenantId: string; organizationId: string }

/** Six zones, and hours on every half hour: hardly two are alike. */
async function plantPlaces(chains: Chains, { tenantId, organizationId }: Tenant, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID())
  const clock = (minutes: number) =>
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
  const hours = ids.map((_, n) =>
    [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
      weekday,
      opens: clock(360 + ((n * 7 + weekday) % 11) * 30),
      closes: clock(1200 + ((n * 5 + weekday * 3) % 7) * 30),
    })),
  )
  await chains.admin.query(
    `insert into locations (tenant_id, id, organization_id, name, kind, timezone, opening_hours)
     select $1, id, $2, id::text, 'full_service', zone, hours from unnest($3::uuid[], $4::text[], $5::jsonb[]) as l (id, zone, hours)`,
    [
      tenantId,
      organizationId,
      ids,
      ids.map((_, n) => ZONES[n % ZONES.length]),
      hours.map((week) => JSON.stringify(week)),
    ],
  )
  return ids
}

/** By the clock, and by opening and closing; each asks for one a day. */
async function plantSchedules(chains: Chains, { tenantId, organizationId }: Tenant) {
  for (let n = 0; n < SCHEDULES; n++) {
    const by = (['clock', 'opening', 'closing'] as const)[n % 3] ?? 'clock'
    const timing: Timing = {
      recurrence:
        n % 4 === 3 ? { every: 'week', interval: 1, weekdays: [1, 2, 3, 4, 5, 6, 7] } : { every: 'day', interval: 1 },
      slots: [by === 'clock' ? { by, at: `${String(8 + n).padStart(2, '0')}:30` } : { by, minutes: -60 + n * 5 }],
      ...{ visibleMinutesBefore: 60, lateMinutesAfter: 15, missedMinutesAfter: 240 },
      ...{ from: '2026-01-01', to: null, seasons: [], except: [], onClosedDays: 'skip' },
    }
    const one = async (sql: string, params: unknown[]) =>
      (await chains.admin.query<{ id: string }>(`${sql} returning id`, params)).rows[0]?.id ?? ''
    const templateId = await one(
      `insert into checklist_templates (tenant_id, organization_id, name, category, draft, published_version) values ($1, $2, $3, 'other', '{}', 1)`,
      [tenantId, organizationId, `List ${n}`],
    )
    await one(
      `insert into checklist_template_versions (tenant_id, template_id, version, name, category, content) values ($1, $2, 1, $3, 'other', '{"sections":[]}')`,
      [tenantId, templateId, `List ${n}`],
    )
    await one(
      `insert into checklist_schedules (tenant_id, organization_id, template_id, name, timing, target) values ($1, $2, $3, $4, $5, $6)`,
      [
        ...[tenantId, organizationId, templateId, `Schedule ${n}`, JSON.stringify(timing)],
        JSON.stringify({ groups: [], locations: [], kinds: ['full_service'], attributes: [] }),
      ],
    )
  }
}

/** The copy of the table refers to the same rows: what a reference costs, both pay. */
async function sameReferences(chains: Chains) {
  const { rows } = await chains.admin.query<{ definition: string }>(
    `select pg_get_constraintdef(oid) as definition from pg_constraint where conrelid = 'checklists'::regclass and contype = 'f'`,
  )
  for (const { definition } of rows) await chains.admin.query(`alter table bare_checklists add ${definition}`)
}

const COLUMNS = {
  ...{
    tenant_id: 'uuid',
    id: 'uuid',
    location_id: 'uuid',
    form_id: 'uuid',
    schedule_id: 'uuid',
    slot: 'text',
    day: 'date',
  },
  ...{
    status: 'text',
    visible_at: 'timestamptz',
    due_at: 'timestamptz',
    late_at: 'timestamptz',
    missed_at: 'timestamptz',
  },
} as const
type Rows = Partial<Record<keyof typeof COLUMNS, unknown[]>>
const NAMES = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[]

async function madeRows(chains: Chains, tenantId: string, locationIds: string[], from: number): Promise<Rows> {
  const { rows } = await chains.admin.query<Record<string, unknown>>(
    `select ${NAMES.map((name) => `${name}::text`).join(', ')} from checklists where tenant_id = $1 and location_id = any ($2::uuid[]) and due_at >= $3`,
    [tenantId, locationIds, new Date(from).toISOString()],
  )
  return Object.fromEntries(NAMES.map((name) => [name, rows.map((row) => row[name])]))
}

const insertBare = (chains: Chains, rows: Rows) =>
  chains.admin.query(
    `insert into bare_checklists (${NAMES.join(', ')})
     select * from unnest(${NAMES.map((name, n) => `$${n + 1}::${COLUMNS[name]}[]`).join(', ')})`,
    NAMES.map((name) => rows[name]),
  )
