import { createHash, randomUUID } from 'node:crypto'
import { listAudits } from '@opsflow/capabilities/audits/server'
import { hire } from '@opsflow/platform/server/postgres/tenant.for-tests'
import { minutesAgo } from '@opsflow/platform/server/sync/run.for-tests'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Checklist } from '../../checklist.ts'
import { MOST_PRESENCES, type Presence, type Shown } from '../../presence.ts'
import { signedText, signedWith } from '../../signed-text.ts'
import { checklistMutators as does } from '../../sync.ts'
import { type Crew, openCrew } from './crew.for-tests.ts'

const HERE = { latitude: 41.8827, longitude: -87.6233 }
const item = randomUUID()
let crew: Crew
let formId: string
beforeAll(async () => {
  crew = await openCrew()
  formId = await crew.form({
    sections: [{ id: randomUUID(), title: '', items: [{ kind: 'pass_fail', id: item, label: 'Clean' }] }],
    scoring: { scheme: 'weighted', auditType: 'internal', passPercent: null },
    needsSignature: true,
  })
  await lies(HERE)
}, 60_000)
afterAll(() => crew.close())

const lies = ({ latitude, longitude }: { latitude: number | null; longitude: number | null }) =>
  crew.rows('update locations set latitude = $2, longitude = $3, radius_metres = 150 where id = $1', [
    ...[crew.downtown, latitude, longitude],
  ])
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
async function code(locationId = crew.downtown, { revokedMinutesAgo }: { revokedMinutesAgo?: number } = {}) {
  const text = Array.from(
    createHash('sha256').update(randomUUID()).digest().subarray(0, 20),
    (byte) => DIGITS[byte % 32],
  ).join('')
  const tenant = 'select tenant_id from locations where id = $1'
  await crew.rows(
    `insert into place_codes (tenant_id, location_id, label, code, created_at, revoked_at)
     values ((${tenant}), $1, 'Back door', $2, now() - interval '1 year', now() - make_interval(mins => $3))`,
    [locationId, text, revokedMinutesAgo ?? null],
  )
  return text
}

const byCode = (text: string): Shown => ({ method: 'code', code: text })
const byPosition = (distanceMetres: number, accuracyMetres = 15, from = HERE): Shown => ({
  ...{ method: 'position', distanceMetres, accuracyMetres, from },
})
const post = (list: string, shown: Shown, who = crew.cook, id = randomUUID()) =>
  crew.ask(who, `POST /checklists/${list}/presences`, { id, shown })
const sent = (list: string, shown: Shown, when = minutesAgo(0), id = randomUUID(), who = crew.cook) =>
  crew.send(who, does.presence, { id, checklistId: list, shown }, when)
const now = async (list: string): Promise<Checklist> => (await crew.record(list, crew.manager)).checklist
const told = async (list: string) => (await now(list)).presences.map(({ verdict }) => verdict)

test('a code of the place shows that someone is there: with who, when and what it is called; the same twice is one', async () => {
  const list = await crew.list(formId)
  const text = await code()
  const id = randomUUID()
  for (const _ of [1, 2]) expect((await post(list, byCode(text), crew.cook, id)).status).toBe(201)
  expect((await now(list)).presences).toMatchObject([
    {
      ...{ id, method: 'code', verdict: 'here', codeLabel: 'Back door', codeEnd: text.slice(-4), distanceMetres: null },
      ...{ by: { name: 'Carl' }, timeQuality: 'server' },
    },
  ])
})

test('a code of another place, of another customer and one that there is not are answered alike', async () => {
  const list = await crew.list(formId)
  const { body } = await crew.ask(crew.stranger, 'GET /checklists')
  expect(body.items).toEqual([])
  const [away] = await crew.rows<{ id: string }>('select id from locations where tenant_id = $1 limit 1', [
    crew.stranger.tenantId,
  ])
  const answers: Presence[] = []
  for (const text of [await code(crew.airport), await code(away?.id ?? ''), 'Z'.repeat(20)]) {
    const { status, body: after } = await post(list, byCode(text))
    expect(status).toBe(201)
    answers.push(after.presences.at(-1))
  }
  expect(new Set(answers.map(({ verdict, codeLabel }) => `${verdict} ${codeLabel}`))).toEqual(
    new Set(['code_unknown null']),
  )
})

test.each([
  ['before it was taken down', { minutes: 30, quality: 'exact' as const }, 'here'],
  ['after it was taken down', { minutes: 5, quality: 'exact' as const }, 'code_revoked'],
  ['by a clock that nobody can trust', { minutes: 30, quality: 'doubtful' as const }, 'changed_meanwhile'],
])('a code that was turned, read %s', async (_, { minutes, quality }, verdict) => {
  const list = await crew.list(formId)
  const text = await code(crew.downtown, { revokedMinutesAgo: 10 })
  expect(await sent(list, byCode(text), minutesAgo(minutes, { quality }))).toBe('applied')
  expect((await now(list)).presences).toMatchObject([{ verdict, timeQuality: quality }])
})

test.each([
  ['inside the radius', byPosition(40), 'here'],
  ['far away', byPosition(4_000), 'elsewhere'],
  ['at the edge, as near as the device is wrong', byPosition(160, 20), 'too_inexact'],
  ['by a device less exact than the radius', byPosition(10, 400), 'too_inexact'],
  ['from where the place lay before', byPosition(10, 15, { latitude: 41, longitude: -87 }), 'changed_meanwhile'],
])('a position %s', async (_, shown, verdict) => {
  const list = await crew.list(formId)
  expect(await sent(list, shown, minutesAgo(3))).toBe('applied')
  expect(await told(list)).toEqual([verdict])
})

test('a place without a position tells nothing by it', async () => {
  const list = await crew.list(formId)
  await lies({ latitude: null, longitude: null })
  expect((await post(list, byPosition(10))).status).toBe(201)
  await lies(HERE)
  expect(await told(list)).toEqual(['changed_meanwhile'])
})

test('where someone was is kept nowhere: not with the audit, not with what the device sent', async () => {
  const columns = await crew.rows<{ name: string }>(
    `select column_name as name from information_schema.columns where table_name = 'checklist_presences'`,
  )
  expect(columns.map(({ name }) => name).filter((name) => /lat|lon|coord/.test(name))).toEqual([])
  const fields = { method: 'position', distanceMetres: 5, accuracyMetres: 5, from: HERE }
  const list = await crew.list(formId)
  expect((await post(list, { ...fields, latitude: 41.8828 } as never)).status).toBe(422)
})

test('others are refused, or see nothing', async () => {
  const list = await crew.list(formId)
  for (const who of [crew.pilot, crew.stranger]) expect((await post(list, byPosition(5), who)).status).toBe(404)
  expect(await sent(list, byPosition(5), minutesAgo(0), randomUUID(), crew.pilot)).toBe('refused not_found')
  const guest = await hire(crew.database, crew.home, 'Gus', ['checklists.read'], new Set([crew.downtown]))
  expect((await post(list, byPosition(5), guest)).status).toBe(403)
  expect(await told(list)).toEqual([])
})

test('fifty times is enough, and an id that something else has is refused', async () => {
  const [list, other] = [await crew.list(formId), await crew.list(formId)]
  const id = randomUUID()
  expect((await post(other, byPosition(5), crew.cook, id)).status).toBe(201)
  const taken = await post(list, byPosition(5), crew.cook, id)
  expect([taken.status, taken.body.code]).toEqual([409, 'checklists.id_taken'])
  await crew.rows(
    `insert into checklist_presences (tenant_id, id, location_id, checklist_id, method, verdict, distance_metres, accuracy_metres,
                                      shown_at, time_quality)
     select tenant_id, gen_random_uuid(), location_id, id, 'position', 'here', 5, 5, now(), 'server' from checklists, generate_series(1, $2::int)
      where id = $1`,
    [list, MOST_PRESENCES],
  )
  const full = await post(list, byPosition(5))
  expect([full.status, full.body.code]).toEqual([409, 'checklists.presences_full'])
})

const answered = async (minutes = 20) => {
  const list = await crew.list(formId)
  const answer = { id: randomUUID(), checklistId: list, itemId: item }
  const value = { kind: 'pass_fail' as const, passes: true }
  expect(await crew.send(crew.cook, does.answer, { ...answer, value }, minutesAgo(minutes))).toBe('applied')
  return list
}
/** What someone signs who sees the list, and these presences of it. */
async function signing(list: string, seen?: readonly string[]) {
  const { form, checklist, answers } = await crew.record(list, crew.manager)
  const presences = seen ?? checklist.presences.map(({ id }: Presence) => id)
  const text = signedText(form, signedWith(checklist, presences), answers)
  const digest = createHash('sha256').update(text).digest('hex')
  return {
    id: randomUUID(),
    checklistId: list,
    digest,
    answers: answers.map(({ id }: { id: string }) => id),
    presences,
  }
}

test('what was shown before signing is signed with it: nobody can sign another distance than the one that stands', async () => {
  const list = await answered()
  expect(await sent(list, byPosition(40), minutesAgo(15))).toBe('applied')
  const { form, checklist, answers } = await crew.record(list, crew.manager)
  const nearer = { ...checklist, presences: [{ ...checklist.presences[0], distanceMetres: 5 }] }
  const forged = createHash('sha256')
    .update(signedText(form, nearer, answers))
    .digest('hex')
  const good = await signing(list)
  expect(await crew.send(crew.cook, does.sign, { ...good, digest: forged }, minutesAgo(5))).toBe(
    'refused checklists.changed_since',
  )
  expect(await crew.send(crew.cook, does.sign, good, minutesAgo(5))).toBe('applied')
  expect((await now(list)).signOffs).toMatchObject([{ meaning: 'performed', presences: good.presences }])
  const audits = await crew.database.read(crew.manager, (tx) => {
    const { sql, params } = listAudits(crew.manager, { checklistId: list }, 2)
    return tx.query(sql, params)
  })
  expect(audits).toMatchObject([{ presence: 'here' }])
  expect(good.presences).toHaveLength(1)
})

test('what someone else shows meanwhile keeps nobody from signing, and changes no signature', async () => {
  const list = await answered()
  const mine = await signing(list)
  expect(await sent(list, byPosition(40), minutesAgo(15), randomUUID(), crew.porter)).toBe('applied')
  expect(await crew.send(crew.cook, does.sign, mine, minutesAgo(5))).toBe('applied')
  const { status, signOffs, presences } = await now(list)
  expect([status, signOffs[0]?.presences, presences.length]).toEqual(['completed', [], 1])
})

test('shown in time and sent late it is kept; shown after it was over it is not', async () => {
  const list = await answered()
  expect(await crew.send(crew.cook, does.sign, await signing(list), minutesAgo(10))).toBe('applied')
  expect(await sent(list, byPosition(40), minutesAgo(12))).toBe('applied')
  expect(await sent(list, byPosition(40), minutesAgo(2))).toBe('checklists.over')
  expect((await post(list, byPosition(40))).body.code).toBe('checklists.over')
  expect(await told(list)).toEqual(['here'])
})
