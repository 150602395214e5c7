import { randomUUID } from 'node:crypto'
import { hire } from '@opsflow/platform/server/postgres/tenant.for-tests'
import { minutesAgo } from '@opsflow/platform/server/sync/run.for-tests'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { HandOver } from '../../checklist.ts'
import { checklistMutators as does } from '../../sync.ts'
import { type Crew, openCrew } from './crew.for-tests.ts'

let crew: Crew
let formId: string
const item = randomUUID()
beforeAll(async () => {
  crew = await openCrew()
  const items = [{ kind: 'pass_fail' as const, id: item, label: 'Clean' }]
  formId = await crew.form({
    ...{ sections: [{ id: randomUUID(), title: '', items }] },
    scoring: { scheme: 'weighted', auditType: 'internal', passPercent: null },
  })
  const works = [
    [crew.porter, 'org:member', crew.downtown],
    [crew.manager, 'org:manager', crew.downtown],
    [crew.pilot, 'org:manager', crew.airport],
  ] as const
  for (const [{ tenantId, id }, role, at] of works) {
    const grant = 'insert into role_grants (tenant_id, member_id, role, location_id) values ($1, $2, $3, $4)'
    await crew.rows(grant, [tenantId, id, role, at])
  }
}, 60_000)
afterAll(() => crew.close())

const to = (actor: { id: string; name: string }) => ({ id: actor.id, name: actor.name })
const given = (who: { id: string; name: string }, note = 'The walk-in is left', id = randomUUID()) => ({
  ...{ id, to: to(who), note },
})
const handed = async (list: string) =>
  ((await crew.record(list, crew.manager)).checklist.handOvers as HandOver[]).map(
    (one) => `${one.by?.name} → ${one.to.name}: ${one.note}`,
  )
const over = (list: string, body: object, who = crew.cook) => crew.ask(who, `POST /checklists/${list}/hand-overs`, body)

test('an audit is handed over with a note; each hand-over stands with who did it, the latest says whose it is', async () => {
  const list = await crew.list(formId)
  expect((await over(list, given(crew.porter))).status).toBe(201)
  expect(
    await crew.send(
      crew.porter,
      does.handover,
      { ...given(crew.manager, 'Please sign'), checklistId: list },
      minutesAgo(0),
    ),
  ).toBe('applied')
  expect(await handed(list)).toEqual(['Carl → Pia: The walk-in is left', 'Pia → Mona: Please sign'])
})

test('what was answered stays who answered it, and the same hand-over twice is one', async () => {
  const list = await crew.list(formId)
  const answer = {
    id: randomUUID(),
    checklistId: list,
    itemId: item,
    value: { kind: 'pass_fail' as const, passes: true },
  }
  expect(await crew.send(crew.cook, does.answer, answer, minutesAgo(3))).toBe('applied')
  const once = given(crew.porter)
  for (const _ of [1, 2]) expect((await over(list, once)).status).toBe(201)
  expect(await handed(list)).toHaveLength(1)
  expect((await crew.record(list, crew.manager)).answers).toMatchObject([{ answeredBy: { name: 'Carl' } }])
})

test('only to someone who works there, and with a note', async () => {
  const list = await crew.list(formId)
  for (const who of [crew.pilot, crew.stranger, { id: randomUUID(), name: 'Nobody' }]) {
    const { status, body } = await over(list, given(who))
    expect([status, body.code]).toEqual([422, 'checklists.nobody_here'])
  }
  expect((await over(list, given(crew.porter, '  '))).status).toBe(422)
  expect(await handed(list)).toEqual([])
})

test('only by who may do it there: others are refused, or see nothing', async () => {
  const list = await crew.list(formId)
  for (const who of [crew.pilot, crew.stranger]) expect((await over(list, given(crew.porter), who)).status).toBe(404)
  const sent = await crew.send(crew.pilot, does.handover, { ...given(crew.porter), checklistId: list }, minutesAgo(0))
  expect(sent).toBe('refused not_found')
  const guest = await hire(crew.database, crew.home, 'Gus', ['checklists.read'], new Set([crew.downtown]))
  expect((await over(list, given(crew.porter), guest)).status).toBe(403)
})

test('what is over needs nobody any more: said at once, or told when it comes late', async () => {
  const list = await crew.list(formId)
  const answer = {
    id: randomUUID(),
    checklistId: list,
    itemId: item,
    value: { kind: 'pass_fail' as const, passes: true },
  }
  expect(await crew.send(crew.cook, does.answer, answer, minutesAgo(3))).toBe('applied')
  expect(await crew.send(crew.cook, does.complete, { checklistId: list }, minutesAgo(2))).toBe('applied')
  const { status, body } = await over(list, given(crew.porter))
  expect([status, body.code]).toEqual([409, 'checklists.over'])
  expect(
    await crew.send(crew.porter, does.handover, { ...given(crew.manager), checklistId: list }, minutesAgo(2)),
  ).toBe('checklists.over')
})
