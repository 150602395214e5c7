import { createHash, randomUUID } from 'node:crypto'
import type { Actor } from '@opsflow/platform/actor'
import { minutesAgo } from '@opsflow/platform/server/sync/run.for-tests'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Answer } from '../../answer.ts'
import { signedText } from '../../signed-text.ts'
import { checklistMutators as does } from '../../sync.ts'
import { type Crew, openCrew } from './crew.for-tests.ts'

let crew: Crew
const [clean, hands] = [randomUUID(), randomUUID()]
const content = (more: object) => ({
  sections: [
    {
      ...{ id: randomUUID(), title: '' },
      items: [
        { kind: 'pass_fail' as const, id: clean, label: 'Clean' },
        { kind: 'pass_fail' as const, id: hands, label: 'Hands washed', required: false },
      ],
    },
  ],
  scoring: { scheme: 'weighted', auditType: 'internal' } as const,
  ...more,
})
beforeAll(async () => {
  crew = await openCrew()
}, 60_000)
afterAll(() => crew.close())

const listed = async (more: object = { needsSignature: true }) => crew.list(await crew.form(content(more)))
async function says(who: Actor, list: string, passes: boolean, minutes: number, knew?: string[], itemId = clean) {
  const id = randomUUID()
  const given = { id, checklistId: list, itemId, value: { kind: 'pass_fail' as const, passes }, ...(knew && { knew }) }
  expect(await crew.send(who, does.answer, given, minutesAgo(minutes))).toBe('applied')
  return id
}
/** What someone signs who sees the list as it stands. */
async function seen(list: string) {
  const { form, checklist, answers } = await crew.record(list, crew.manager)
  const digest = createHash('sha256')
    .update(signedText(form, checklist, answers))
    .digest('hex')
  return { id: randomUUID(), checklistId: list, digest, answers: (answers as Answer[]).map(({ id }) => id) }
}
const sign = async (who: Actor, list: string) => crew.send(who, does.sign, await seen(list), minutesAgo(0))
const status = async (list: string) => (await crew.record(list, crew.manager)).checklist.status

test('an audit on which two disagreed is not signed before one of the answers is chosen', async () => {
  const list = await listed()
  const [hers, his] = [await says(crew.cook, list, true, 9, []), await says(crew.porter, list, false, 8, [])]
  expect(await sign(crew.cook, list)).toBe('refused checklists.disputed')
  expect(await status(list)).toBe('in_progress')
  await says(crew.cook, list, false, 5, [hers, his])
  expect(await sign(crew.cook, list)).toBe('applied')
  expect(await status(list)).toBe('completed')
})

test('nor completed where nobody signs, over HTTP or from a device; the refusal names the question', async () => {
  const list = await listed({})
  await says(crew.cook, list, true, 9, [])
  await says(crew.porter, list, false, 8, [])
  expect(await crew.send(crew.cook, does.complete, { checklistId: list }, minutesAgo(0))).toBe(
    'refused checklists.disputed',
  )
  const asked = await crew.ask(crew.cook, `POST /checklists/${list}/completion`, {})
  expect([asked.status, asked.body.code]).toEqual([409, 'checklists.disputed'])
  expect(asked.body.errors).toEqual([{ path: clean, code: 'checklists.disputed', message: 'Clean' }])
})

test('nor signed by the first of two', async () => {
  const list = await listed({ needsSecondSignature: true })
  await says(crew.cook, list, true, 9, [])
  await says(crew.porter, list, false, 8, [])
  expect(await sign(crew.cook, list)).toBe('refused checklists.disputed')
})

test('answers to different questions merge; so do answers that agree, and those of older devices', async () => {
  const list = await listed()
  await says(crew.cook, list, true, 9, [])
  await says(crew.porter, list, true, 8, [])
  await says(crew.porter, list, false, 7, [], hands)
  expect(await sign(crew.cook, list)).toBe('applied')
  const older = await listed()
  await says(crew.cook, older, true, 9)
  await says(crew.porter, older, false, 8)
  expect(await sign(crew.cook, older)).toBe('applied')
})

test('a checklist that is no audit goes on as it did: the latest answer counts', async () => {
  const list = await listed({ scoring: null, needsSignature: true })
  await says(crew.cook, list, true, 9, [])
  await says(crew.porter, list, false, 8, [])
  expect(await sign(crew.cook, list)).toBe('applied')
})

test('completed by what its person saw: what somebody else said offline is late, and makes nothing undone', async () => {
  const list = await listed({})
  const hers = await says(crew.cook, list, true, 9, [])
  await says(crew.porter, list, false, 8, [])
  expect(await crew.send(crew.cook, does.complete, { checklistId: list, seen: [hers] }, minutesAgo(7))).toBe('applied')
})

test('two auditors sign at once: one completes it, the other is told so, and there is one score', async () => {
  const list = await listed()
  await says(crew.cook, list, true, 9, [])
  const [one, other] = [await seen(list), await seen(list)]
  const outcomes = await Promise.all([
    crew.send(crew.cook, does.sign, one, minutesAgo(1)),
    crew.send(crew.porter, does.sign, other, minutesAgo(1)),
  ])
  expect(outcomes.sort()).toEqual(['applied', 'checklists.over'])
  const { checklist } = await crew.record(list, crew.manager)
  expect(checklist.signOffs).toMatchObject([{ meaning: 'performed', digest: one.digest }])
  const audits = await crew.rows<{ n: number }>('select count(*)::int as n from audits where checklist_id = $1', [list])
  expect(audits).toEqual([{ n: 1 }])
})

test('an answer changed after the signature is refused, at whatever hour its tablet says it is', async () => {
  const list = await listed()
  await says(crew.cook, list, true, 9, [])
  expect(await sign(crew.cook, list)).toBe('applied')
  const given = {
    id: randomUUID(),
    checklistId: list,
    itemId: clean,
    value: { kind: 'pass_fail' as const, passes: false },
  }
  const later = { ...minutesAgo(-1), quality: 'doubtful' as const }
  expect(await crew.send(crew.porter, does.answer, given, later)).toBe('refused checklists.signed')
  const { checklist, answers } = await crew.record(list, crew.manager)
  expect([checklist.status, answers.length]).toEqual(['completed', 1])
})

test('a tablet whose clock was behind: its answer stands where it belongs in time, and what was signed stays signed', async () => {
  const list = await listed()
  await says(crew.cook, list, true, 9, [])
  expect(await sign(crew.cook, list)).toBe('applied')
  const [before] = await crew.rows<{ score: unknown }>('select score from audits where checklist_id = $1', [list])
  const given = {
    id: randomUUID(),
    checklistId: list,
    itemId: clean,
    value: { kind: 'pass_fail' as const, passes: false },
  }
  // It says an hour before anyone had answered: kept, and history.
  const early = { ...minutesAgo(70), quality: 'doubtful' as const }
  expect(await crew.send(crew.porter, does.answer, { ...given, knew: [] }, early)).toBe('applied')
  const [after] = await crew.rows<{ score: unknown }>('select score from audits where checklist_id = $1', [list])
  expect(after).toEqual(before)
  expect(await status(list)).toBe('completed')
})
