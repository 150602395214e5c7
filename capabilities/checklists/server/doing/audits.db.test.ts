import { createHash, randomUUID } from 'node:crypto'
import type { Audit } from '@opsflow/capabilities/audits'
import { auditImplementations } from '@opsflow/capabilities/audits/server'
import type { Actor } from '@opsflow/platform/actor'
import { serveForTests } from '@opsflow/platform/server/http/serve.for-tests'
import { hire } from '@opsflow/platform/server/postgres/tenant.for-tests'
import { minutesAgo } from '@opsflow/platform/server/sync/run.for-tests'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signedText } from '../../signed-text.ts'
import { checklistMutators as does } from '../../sync.ts'
import { type Crew, openCrew } from './crew.for-tests.ts'

let crew: Crew
let api: Awaited<ReturnType<typeof serveForTests>>
beforeAll(async () => {
  crew = await openCrew()
  api = await serveForTests(auditImplementations(), crew.database)
})
afterAll(async () => {
  await api.close()
  await crew.close()
})

const [section, clean, hands] = [randomUUID(), randomUUID(), randomUUID()]
const scoring = { scheme: 'weighted', auditType: 'health_inspection', passPercent: 70 }
const content = (more: object = { scoring }) =>
  ({
    sections: [
      {
        ...{ id: section, title: 'Kitchen' },
        items: [
          { kind: 'pass_fail', id: clean, label: 'Clean', weight: 3 },
          { kind: 'pass_fail', id: hands, label: 'Hands washed' },
        ],
      },
    ],
    ...more,
  }) as never

const answer = (actor: Actor, checklistId: string, itemId: string, passes: boolean, minutes = 0) => {
  const id = randomUUID()
  const given = { id, checklistId, itemId, value: { kind: 'pass_fail' as const, passes } }
  return crew.send(actor, does.answer, given, minutesAgo(minutes)).then(() => id)
}
const complete = (checklistId: string, minutes = 0, seen?: string[]) =>
  crew.send(crew.cook, does.complete, { checklistId, ...(seen && { seen }) }, minutesAgo(minutes))

async function done({ cleanPasses = true, handsPass = false } = {}, more?: object) {
  const id = await crew.list(await crew.form(content(more)))
  await answer(crew.cook, id, clean, cleanPasses)
  await answer(crew.cook, id, hands, handsPass)
  expect(await complete(id)).toBe('applied')
  return id
}

const auditsOf = async (checklistId: string, actor: Actor = crew.manager) =>
  (await api.ask(actor, `GET /audits?checklistId=${checklistId}`)).body.items as Audit[]
const listed = async (query = '', actor: Actor = crew.manager) =>
  ((await api.ask(actor, `GET /audits?${query}`)).body.items as Audit[]).map(({ checklistId }) => checklistId)

test('an audit that is completed keeps its score, and says which answer cost what', async () => {
  const id = await done()
  const [audit] = await auditsOf(id)
  expect(audit).toMatchObject({
    ...{ checklistId: id, locationId: crew.downtown, version: 1, auditType: 'health_inspection', scheme: 'weighted' },
    ...{ status: 'pass', complianceScore: 75, grade: null, scoredBy: { name: 'Carl' } },
    score: { points: 3, max: 4, compliance: 75, costs: [{ itemId: hands, entryId: null, points: 1 }] },
  })
  expect((await api.ask(crew.manager, `GET /audits/${audit?.id}`)).body).toEqual(audit)
})

test('a checklist without a scheme comes to no audit', async () => {
  expect(await auditsOf(await done({}, {}))).toEqual([])
})

test('over HTTP the same command keeps it', async () => {
  const id = await crew.list(await crew.form(content()))
  for (const itemId of [clean, hands]) {
    const body = { id: randomUUID(), itemId, value: { kind: 'pass_fail', passes: true } }
    expect((await crew.ask(crew.cook, `POST /checklists/${id}/answers`, body)).status).toBe(201)
  }
  expect((await crew.ask(crew.cook, `POST /checklists/${id}/completion`, {})).status).toBe(200)
  expect(await auditsOf(id)).toMatchObject([{ complianceScore: 100, status: 'pass' }])
})

test('it is what whoever completed it saw: what another person answered without a network came later', async () => {
  const id = await crew.list(await crew.form(content()))
  const seen = [await answer(crew.cook, id, clean, true, 9), await answer(crew.cook, id, hands, true, 8)]
  await answer(crew.porter, id, clean, false, 6)
  expect(await complete(id, 5, seen)).toBe('applied')
  expect(await auditsOf(id)).toMatchObject([{ complianceScore: 100 }])
})

test('answers that arrive after it, and newer versions of the template, change nothing of it', async () => {
  const formId = await crew.form(content())
  const id = await crew.list(formId)
  await answer(crew.cook, id, clean, true, 9)
  await answer(crew.cook, id, hands, true, 9)
  expect(await complete(id, 5)).toBe('applied')
  const before = await auditsOf(id)
  await answer(crew.porter, id, clean, false, 7)
  await crew.nextForm(formId, content({ scoring: { ...scoring, passPercent: 100 } }))
  expect(await auditsOf(id)).toEqual(before)
})

test('two who complete it at once come to one audit, which is announced where it is', async () => {
  const id = await crew.list(await crew.form(content()))
  await answer(crew.cook, id, clean, true)
  await answer(crew.cook, id, hands, true)
  const both = await Promise.all(
    [crew.cook, crew.porter].map((who) => crew.send(who, does.complete, { checklistId: id })),
  )
  expect(both.sort()).toEqual(['applied', 'checklists.over'])
  const [audit, ...others] = await auditsOf(id)
  expect(others).toEqual([])
  const facts = await crew.rows<{ body: object }>(
    `select body from facts where name = 'audits.completed' and body ->> 'checklistId' = $1`,
    [id],
  )
  const {
    score: _,
    scoredAt: __,
    scoredBy: ___,
    name: ____,
    version: _____,
    presence: ______,
    ...told
  } = audit ?? ({} as Audit)
  expect(facts.map(({ body }) => body)).toEqual([told])
})

test('nobody who works for a tenant can change or remove one', async () => {
  const id = await done()
  const change = (sql: string) => crew.write((tx) => tx.query(sql, [id]))
  await expect(change('update audits set compliance_score = 100 where checklist_id = $1')).rejects.toThrow(
    'permission denied for table audits',
  )
  await expect(change('delete from audits where checklist_id = $1')).rejects.toThrow(
    'permission denied for table audits',
  )
})

test('what is sent back has no score until it is done again; what it had come to before stays on record', async () => {
  const id = await done()
  expect(await listed()).toContain(id)
  const { form, checklist, answers } = await crew.record(id, crew.manager)
  const digest = createHash('sha256')
    .update(signedText(form, checklist, answers))
    .digest('hex')
  const signing = { id: randomUUID(), checklistId: id, digest, answers: answers.map((one: { id: string }) => one.id) }
  expect(await crew.send(crew.manager, does.verify, { ...signing, meaning: 'rejected', note: 'Look again.' })).toBe(
    'applied',
  )
  expect(await listed()).not.toContain(id)
  await answer(crew.cook, id, hands, true)
  expect(await complete(id)).toBe('applied')
  expect((await listed()).filter((one) => one === id)).toEqual([id])
  expect((await auditsOf(id)).map(({ complianceScore }) => complianceScore)).toEqual([100, 75])
})

describe('lists', () => {
  test('by place, kind, what became of it and day', async () => {
    const [passed, failed] = [await done({ handsPass: true }), await done({ cleanPasses: false })]
    expect(await listed('status=pass')).toContain(passed)
    expect(await listed('status=pass')).not.toContain(failed)
    expect(await listed('status=fail')).toContain(failed)
    expect(await listed('auditType=haccp')).toEqual([])
    expect(await listed(`locationId=${crew.downtown}`)).toEqual(await listed())
    expect(await listed(`locationId=${crew.airport}`)).toEqual([])
    expect(await listed('from=2099-01-01')).toEqual([])
    expect(await listed('to=2001-01-01')).toEqual([])
    const [{ templateId } = { templateId: '' }] = await auditsOf(failed)
    expect(await listed(`templateId=${templateId}`)).toEqual([failed])
  })

  test('one page after another shows each once', async () => {
    const all = await listed('limit=200')
    const seen: string[] = []
    let cursor = ''
    do {
      const { body } = await api.ask(crew.manager, `GET /audits?limit=2${cursor && `&cursor=${cursor}`}`)
      seen.push(...body.items.map(({ checklistId }: Audit) => checklistId))
      cursor = body.nextCursor ?? ''
    } while (cursor)
    expect(seen).toEqual(all)
  })
})

test('as a file each audit is a row with its place, for those who may see it', async () => {
  const id = await done()
  const { headers, text } = await api.ask(crew.manager, 'GET /audits.csv?status=pass')
  expect(headers.get('content-disposition')).toContain('audits.csv')
  const [header = '', ...rows] = text.replace('\uFEFF', '').trim().split('\r\n')
  const row = rows.find((one) => one.includes(id))?.split(',') ?? []
  const of = (name: string) => row[header.split(',').indexOf(name)]
  expect([of('compliance_score'), of('points'), of('max_points'), of('status'), of('scored_by')]).toEqual([
    ...['75', '3', '4', 'pass', 'Carl'],
  ])
  expect(of('location')).not.toBe('')
  expect((await api.ask(crew.stranger, 'GET /audits.csv')).text.trim().split('\r\n')).toHaveLength(1)
  expect((await api.ask(crew.pilot, 'GET /audits.csv')).text).not.toContain(id)
})

test('another place, another tenant and a role that may not see checklists see none of it', async () => {
  const id = await done()
  const [audit] = await auditsOf(id)
  const blind = await hire(crew.database, crew.home, 'Bo', ['temperature.read'], new Set([crew.downtown]))
  for (const actor of [crew.pilot, crew.stranger]) {
    const hidden = await api.ask(actor, `GET /audits/${audit?.id}`)
    const nowhere = await api.ask(actor, `GET /audits/${randomUUID()}`)
    expect(hidden.status).toBe(404)
    const { requestId: _, ...told } = hidden.body
    const { requestId: __, ...toldOfNothing } = nowhere.body
    expect(told).toEqual(toldOfNothing)
    expect(await auditsOf(id, actor)).toEqual([])
  }
  expect((await api.ask(blind, `GET /audits/${audit?.id}`)).status).toBe(403)
  expect((await api.ask(blind, 'GET /audits')).status).toBe(403)
})

test('locations are compared by what stands, where one may see them; a time that is none is refused by its field', async () => {
  // A kind of its own: what other tests complete does not count.
  const haccp = { scoring: { ...scoring, auditType: 'haccp', passPercent: 90 } }
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
  const compared = async (actor: Actor) =>
    (await api.ask(actor, `GET /audits/league?from=${day(-300)}&to=${day(2)}&auditType=haccp`)).body.items
  expect(await compared(crew.manager)).toEqual([])
  for (const handsPass of [true, false, true]) await done({ handsPass }, haccp)
  const [place, ...others] = await compared(crew.manager)
  expect(others).toEqual([])
  expect(place).toMatchObject({
    ...{ locationId: crew.downtown, audits: 3, average: 91.67, lowest: 75, highest: 100, latest: 100, failed: 1 },
    ...{ standing: 'ranked', rank: 1 },
  })
  expect(await compared(crew.pilot)).toEqual([])
  const odd = await api.ask(crew.manager, 'GET /audits/league?from=2026-02-01&to=2026-01-31')
  expect([odd.status, odd.body.errors[0].path]).toEqual([422, 'query.to'])
})
