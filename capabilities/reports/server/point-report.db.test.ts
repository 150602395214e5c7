import { createHash, randomUUID } from 'node:crypto'
import type { HaccpPlan } from '@opsflow/capabilities/haccp'
import { beginPlan, signPlan, writePlan } from '@opsflow/capabilities/haccp/server'
import { digestWith } from '@opsflow/capabilities/people/server'
import { emptyFolder } from '@opsflow/platform/server/files/folder.for-tests'
import { folderStorage } from '@opsflow/platform/server/files/folder-storage'
import { rateLimiter, rateLimitsOf } from '@opsflow/platform/server/http/rate-limit'
import { type Ask, serveForTests } from '@opsflow/platform/server/http/serve.for-tests'
import { expectClearMargins, expectNothingOnAnother } from '@opsflow/platform/server/paper/looks.for-tests'
import { paperRegister } from '@opsflow/platform/server/paper/register'
import { rendered } from '@opsflow/platform/server/paper/rendered.for-tests'
import { openPool } from '@opsflow/platform/server/tenant'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Kitchen, openKitchen } from '../../haccp/server/kitchen.for-tests.ts'
import { drawPack } from './draw-pack.ts'
import { drawPoint } from './draw-point.ts'
import { gatherPack } from './gather-pack.ts'
import { gatherPoint } from './gather-point.ts'
import { reportImplementations } from './index.ts'

let kitchen: Kitchen
let auth: ReturnType<typeof openPool>
let ask: Ask
let origin: string
let close: () => Promise<void>
let plan: HaccpPlan
/** The point that the walk-in and the daily checklist show. */
let pointId: string
const days = { from: '2026-11-02', to: '2026-11-04' }
const address = 'https://ops.example.com/verify#AAAAAAAAAAAAAAAAAAAAAA'

beforeAll(async () => {
  kitchen = await openKitchen()
  const { database, ids, downtown, actors, rows, tenantId } = kitchen
  // A schedule is there once it has asked for something.
  await kitchen.list(new Date().toISOString().slice(0, 10), 'missed')
  plan = await database.write(actors.manager, async (tx) => {
    const begun = await beginPlan(tx, { locationId: downtown, name: 'Kitchen', from: 'restaurant', language: 'en' })
    const { draft } = begun
    const byHand = { kind: 'process' as const, process: 'cooking' as const, perDay: 0 }
    const asked = { kind: 'schedule' as const, scheduleId: ids.schedule, itemIds: [ids.warm] }
    const controls = draft.controls.map((one) => {
      const isCold = one.ties.some((tie) => tie.kind === 'unit' && tie.unitId === ids.cooler)
      if (isCold) return { ...one, ties: [...one.ties, { ...asked, id: randomUUID() }] }
      return one.ties.length > 0 ? one : { ...one, ties: [{ ...byHand, id: randomUUID() }] }
    })
    pointId =
      controls.find(({ ties }) => ties.some((tie) => tie.kind === 'unit' && tie.unitId === ids.cooler))?.id ?? ''
    const written = await writePlan(tx, begun.id, begun.revision, {
      ...draft,
      team: draft.team.map((one, n) => ({ ...one, name: `Person ${n}` })),
      confirmation: { by: 'Mona', on: '2026-01-02' },
      controls,
    })
    await signPlan(tx, begun.id, { revision: written.revision, note: 'First', at: '2026-10-01T10:00:00Z' })
    return written
  })
  await kitchen.readHours(ids.cooler, '2026-11-02', [10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21])
  await kitchen.readHours(ids.cooler, '2026-11-03', [10, 11])
  await rows(
    `insert into excursions (tenant_id, location_id, unit_id, side, started_at, alarmed_at, ended_at, peak_milli, peak_unit)
     values ($1, $2, $3, 'above', '2026-11-03T12:00Z', '2026-11-03T12:30Z', '2026-11-03T14:00Z', 47300, 'F')`,
    [tenantId, downtown, ids.cooler],
  )
  const done = await kitchen.list('2026-11-02', 'completed')
  await kitchen.answer(done, ids.warm, 'fail', '2026-11-02T15:30Z')
  await kitchen.answer(done, ids.clean, 'pass', '2026-11-02T15:31Z')
  await kitchen.list('2026-11-03', 'missed')

  auth = openPool(kitchen.urls.auth, 2)
  const digest = digestWith('pepper')
  const papers = paperRegister({ database, digest, publicUrl: 'https://ops.example.com' })
  const limiter = rateLimiter(rateLimitsOf(100_000), undefined)
  const storage = folderStorage(emptyFolder())
  const parts = { pool: auth, database, rateLimiter: limiter, digest, papers, storage, mailIsOn: true }
  ;({ ask, close, origin } = await serveForTests(reportImplementations(parts), database))
})
afterAll(async () => {
  await close()
  await auth.end()
  await kitchen.close()
})

/** The bytes of a file; the caller is known to the server once they have asked for something. */
async function fetched(path: string): Promise<Buffer> {
  const { manager } = kitchen.actors
  await ask(manager, `GET /haccp-points/report.csv?${asked()}`)
  const response = await fetch(origin + path, { headers: { authorization: `Bearer ${manager.id}` } })
  expect(response.status).toBe(200)
  return Buffer.from(await response.arrayBuffer())
}

const asked = (of: { planId?: string; pointId?: string } = {}) =>
  new URLSearchParams({ planId: plan.id, pointId, ...days, ...of })
const gathered = () =>
  kitchen.database.read(kitchen.actors.reader, (tx) => gatherPoint(tx, { planId: plan.id, pointId, ...days }))

test('a point is told with what was planned, what was done, what deviated and each record, and nothing of other points', async () => {
  const report = await gathered()
  expect(report.point.number).toMatch(/^CCP \d$/)
  expect(report.monitored.standing).toBe('partly')
  expect(report.units.map(({ name }) => name)).toEqual(['Walk-in'])
  expect(report.days.map(({ day, readings }) => `${day} ${readings}`)).toEqual(['2026-11-02 48', '2026-11-03 8'])
  expect(
    report.answers.map(({ day, question, outcome, listOutcome }) => [day, question, outcome, listOutcome]),
  ).toEqual([
    ['2026-11-02', 'Soup is hot', 'fail', 'on_time'],
    ['2026-11-03', '', null, 'missed'],
  ])
  expect(report.monitored.deviations.items.map(({ what, value }) => [what, value])).toEqual([
    ['Walk-in', '47.3 °F'],
    ['Soup is hot', 'Lid was off'],
  ])
  expect(report.processes).toEqual([])
})

test('its paper stands within its margins in both languages, a failing line in words as well as in colour', async () => {
  const report = await gathered()
  for (const [language, partly, nothing] of [
    ['en', 'PARTLY monitored', 'NOTHING done yet'],
    ['es', 'Vigilado EN PARTE', 'AÚN NADA'],
  ] as const) {
    const pdf = await drawPoint({ report, language, address })
    expect(pdf.toString('latin1')).toContain('/StructTreeRoot')
    const pages = await rendered(pdf, `point-${language}`)
    for (const page of pages) {
      expectClearMargins(page)
      expectNothingOnAnother(page)
    }
    const words = pages.flatMap(({ texts }) => texts.map(({ text }) => text)).join(' ')
    for (const said of [partly, nothing, 'Walk-in', 'Soup is hot', '47.3 °F', 'Mona']) expect(words).toContain(said)
    // Signs that the letters of a paper do not have are said in words.
    expect(words).not.toMatch(/[≤≥→]/)
  }
})

test('the pack tells the plan that is in force and how each of its points was kept to, before the records', async () => {
  const { reader } = kitchen.actors
  const pack = await kitchen.database.read(reader, (tx) =>
    gatherPack(tx, { locationId: kitchen.downtown, ...days, photos: false }),
  )
  expect(pack.gaps.find(({ kind }) => kind === 'points_not_monitored')?.count).toBeGreaterThan(0)
  expect(pack.plans.map(({ name, signed }) => [name, signed?.number, signed?.digest.length])).toEqual([
    ['Kitchen', 1, 64],
  ])
  const pages = await rendered(await drawPack({ pack, language: 'en', address }), 'pack-with-plan')
  for (const page of pages) {
    expectClearMargins(page)
    expectNothingOnAnother(page)
  }
  const words = pages.flatMap(({ texts }) => texts.map(({ text }) => text)).join(' ')
  expect(words).toContain('HACCP plan: Kitchen')
  expect(words).toMatch(/CCP 1:/)
})

test('a place without a plan is told so, and so is one whose plan was never signed or is past its review', async () => {
  const { database, actors, airport, downtown, rows } = kitchen
  const gaps = async (locationId: string) =>
    (await database.read(actors.chef, (tx) => gatherPack(tx, { locationId, ...days, photos: false }))).gaps.map(
      ({ kind }) => kind,
    )
  expect(await gaps(airport)).toContain('plan_missing')
  await database.write(actors.pilot, (tx) =>
    beginPlan(tx, { locationId: airport, name: 'Bar', from: 'empty', language: 'en' }),
  )
  expect(await gaps(airport)).toContain('plan_unsigned')
  expect(await gaps(downtown)).not.toContain('plan_review_overdue')
  await rows(`update haccp_plans set review_due = '2026-11-01' where id = $1`, [plan.id])
  expect(await gaps(downtown)).toContain('plan_review_overdue')
  await rows(`update haccp_plans set review_due = '2027-10-01' where id = $1`, [plan.id])
})

test('whoever holds the paper sees by its code whether it is what was made', async () => {
  const pdf = await fetched(`/haccp-points/report.pdf?${asked()}`)
  const response = await fetch(`${origin}/papers/verifications`, {
    method: 'POST',
    headers: { origin: 'https://ops.example.com', 'content-type': 'application/json' },
    body: JSON.stringify({ code: /verify#([\w-]{22})/.exec(pdf.toString('latin1'))?.[1] }),
  })
  const kept = (await response.json()) as { title: string }
  const sha256 = createHash('sha256').update(pdf).digest('hex')
  expect(kept).toMatchObject({ kind: 'point', ...days, givenTo: null, size: pdf.length, sha256 })
  expect(kept.title).toMatch(/^Kitchen · CCP \d: /)
})

test('the workbook and the table hold the same records, and nothing in them is a formula', async () => {
  const workbook = unzipSync(new Uint8Array(await fetched(`/haccp-points/report.xlsx?${asked()}`)))
  const text = Object.entries(workbook)
    .filter(([name]) => name.endsWith('.xml'))
    .map(([, bytes]) => strFromU8(bytes))
    .join('')
  for (const said of ['Walk-in', 'Soup is hot', 'PARTLY monitored']) expect(text).toContain(said)
  expect(text).not.toContain('<f>')
  const { text: csv, headers } = await ask(kitchen.actors.reader, `GET /haccp-points/report.csv?${asked()}`)
  expect(headers.get('content-disposition')).toMatch(/^attachment; filename="ccp-\d-2026-11-02-to-2026-11-04.csv"$/)
  expect(csv).toContain('Line check: Soup is hot')
  expect(csv.split('\n').filter((line) => line.startsWith('Deviations,')).length).toBe(2)
})

test('another place’s plan, another customer’s, one that never was and a point of another plan answer alike; a cook gets none', async () => {
  const { pilot, stranger, cook, reader } = kitchen.actors
  for (const file of ['report.pdf', 'report.xlsx', 'report.csv']) {
    const told = async (actor: typeof pilot, of: Parameters<typeof asked>[0] = {}) => {
      const { status, body } = await ask(actor, `GET /haccp-points/${file}?${asked(of)}`)
      return { status, ...body, requestId: '' }
    }
    const nowhere = await told(reader, { planId: randomUUID() })
    expect(nowhere.status).toBe(404)
    for (const one of [
      await told(pilot),
      await told(stranger),
      await told(stranger, { planId: randomUUID() }),
      await told(reader, { pointId: randomUUID() }),
    ])
      expect(one).toEqual(nowhere)
    expect((await told(cook)).status).toBe(403)
  }
})

test('days that are none, or too many, are refused by their field', async () => {
  const { status, body } = await ask(
    kitchen.actors.reader,
    `GET /haccp-points/report.csv?${new URLSearchParams({ planId: plan.id, pointId, from: '2026-11-04', to: '2026-11-02' })}`,
  )
  expect([status, body.errors[0].path]).toEqual([422, 'query.to'])
})
