import { drawPack } from '../capabilities/reports/server/draw-in-worker.ts'
import { gatherPack } from '../capabilities/reports/server/gather-pack.ts'
import { anyoneOf } from '../platform/server/isolation/chain.ts'
import type { TestDatabase } from '../platform/server/postgres/for-tests.ts'
import { openDatabase } from '../platform/server/tenant.ts'
import { Chains } from './chains.ts'
import { atLeast, atMost, type Effort, type Report } from './lib.ts'
import { median, rateOf } from './meanwhile.ts'
import { plantYear } from './overview.ts'

const UNITS = 10

/** An inspector's pack of ninety days of a location, and what it costs whoever asks for something else meanwhile. */
export async function inspectorPack(database: TestDatabase, effort: Effort): Promise<Report> {
  const isShort = effort.rounds === 1
  const days = isShort ? 5 : 90
  const chains = await Chains.plant(database, 1)
  const [tenant] = chains.tenants
  const [locationId] = tenant?.locationIds ?? []
  if (!tenant || !locationId) throw new Error('no tenant')
  await plantYear(chains, tenant.tenantId, tenant.organizationId, [locationId], days)
  await plantTemperatures(chains, tenant.tenantId, locationId, days)

  const product = openDatabase({ url: database.urls.app, contextKey: database.contextKey, poolSize: 4, prepared: true })
  const here = new Set([locationId])
  const actor = { ...anyoneOf(tenant, here), permissions: new Map([['reports.make', here]]) }
  const [from, to] = [dayAgo(days), dayAgo(0)]
  const gather = () => product.read(actor, (tx) => gatherPack(tx, { locationId, from, to, photos: true }))
  const make = async () =>
    drawPack({ pack: await gather(), language: 'en', address: 'https://ops.example.com/verify#code' })
  const light = async () => {
    const rows = await product.read(actor, (tx) =>
      tx.query('select id from locations where tenant_id = (select app.tenant())'),
    )
    if (rows.length !== 1) throw new Error(`${rows.length} locations`)
    return undefined
  }
  try {
    const began = performance.now()
    const pdf = await make()
    const seconds = (performance.now() - began) / 1000
    const rounds = isShort ? 1 : 4
    const [alone, meanwhile]: [number[], number[]] = [[], []]
    for (let round = 0; round < rounds; round++) {
      alone.push(await rateOf(light, async () => new Promise((done) => setTimeout(done, isShort ? 50 : 4000))))
      meanwhile.push(await rateOf(light, make))
    }
    const ratio = median(meanwhile.map((rate, n) => rate / (alone[n] ?? Number.NaN)))
    return {
      title: `An inspector's pack of ${days} days: ${UNITS} units, 12 checklists a day, ${Math.round(pdf.length / 1024)} KiB`,
      table: [
        { mode: 'light reads, while nothing is drawn', 'ops/s': Math.round(median(alone)) },
        { mode: 'light reads, while a pack is drawn', 'ops/s': Math.round(median(meanwhile)) },
      ],
      findings: [
        atMost('the pack', 60, seconds, ' s'),
        atLeast('rate of others meanwhile by theirs alone', 0.5, ratio, '×'),
      ],
    }
  } finally {
    await Promise.all([product.close(), chains.close()])
  }
}

const dayAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)

/** Every hour of every unit, with a few that were too warm. */
async function plantTemperatures({ admin }: Chains, tenantId: string, locationId: string, days: number) {
  const { rows } = await admin.query<{ id: string }>(
    `insert into units (tenant_id, location_id, name, kind, created_at)
     select $1, $2, 'Cooler ' || n, 'walk_in_cooler', now() - interval '1 year' from generate_series(1, ${UNITS}) n returning id`,
    [tenantId, locationId],
  )
  await admin.query(
    `insert into temperature_hours (tenant_id, id, location_id, unit_id, hour, readings, compliant, judged, min_milli_c, max_milli_c, sum_milli_c)
     select $1, u, $2, u, date_trunc('hour', now()) - h * interval '1 hour', 6, 6, 6, 2500, 3900, 19000
       from unnest($3::uuid[]) u, generate_series(1, $4 * 24) h`,
    [tenantId, locationId, rows.map(({ id }) => id), days],
  )
  await admin.query('vacuum analyze temperature_hours')
}
