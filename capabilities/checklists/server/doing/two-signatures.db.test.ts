import { createHash, randomUUID } from 'node:crypto'
import { auditImplementations } from '@opsflow/capabilities/audits/server'
import type { Actor } from '@opsflow/platform/actor'
import { serveForTests } from '@opsflow/platform/server/http/serve.for-tests'
import { hire } from '@opsflow/platform/server/postgres/tenant.for-tests'
import { minutesAgo } from '@opsflow/platform/server/sync/run.for-tests'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Checklist } from '../../checklist.ts'
import { signedText } from '../../signed-text.ts'
import { checklistMutators as does } from '../../sync.ts'
import { type Crew, openCrew } from './crew.for-tests.ts'

let crew: Crew
let api: Awaited<ReturnType<typeof serveForTests>>
let dana: Actor
beforeAll(async () => {
  crew = await openCrew()
  api = await serveForTests(auditImplementations(), crew.database)
  dana = await hire(crew.database, crew.home, 'Dana', ['checklists.read', 'checklists.do'], new Set([crew.downtown]))
})
afterAll(async () => {
  await api.close()
  await crew.close()
})

const clean = randomUUID()
const content = {
  sections: [{ id: randomUUID(), title: '', items: [{ kind: 'pass_fail', id: clean, label: 'Clean' }] }],
  scoring: { scheme: 'weighted', auditType: 'internal' },
  needsSecondSignature: true,
} as never

const answer = async (list: string, passes: boolean, minutes: number) =>
  expect(
    await crew.send(
      dana,
      does.answer,
      { id: randomUUID(), checklistId: list, itemId: clean, value: { kind: 'pass_fail' as const, passes } },
      minutesAgo(minutes),
    ),
  ).toBe('applied')

async function answered(minutes = 20) {
  const list = await crew.list(await crew.form(content))
  await answer(list, true, minutes)
  return list
}

/** What someone signs who sees the list as it stands. */
async function seen(list: string) {
  const { form, checklist, answers } = await crew.record(list, crew.manager)
  const digest = createHash('sha256')
    .update(signedText(form, checklist, answers))
    .digest('hex')
  return { checklistId: list, digest, answers: answers.map(({ id }: { id: string }) => id) as string[] }
}
const fresh = async (list: string) => ({ ...(await seen(list)), id: randomUUID() })
const signFirst = async (list: string, minutes = 10) =>
  crew.send(dana, does.sign, await fresh(list), minutesAgo(minutes))
const second = async (
  list: string,
  who: Actor,
  more: { meaning?: 'countersigned' | 'declined'; note?: string; minutes?: number } = {},
) => {
  const { meaning = 'countersigned', note = '', minutes = 5 } = more
  return crew.send(who, does.countersign, { ...(await fresh(list)), meaning, note }, minutesAgo(minutes))
}
const now = async (list: string): Promise<Checklist> => (await crew.record(list, crew.manager)).checklist

test('it is completed by both signatures, in whoever did it’s name, and each is of the same text', async () => {
  const list = await answered()
  expect(await signFirst(list)).toBe('applied')
  expect(await now(list)).toMatchObject({ status: 'in_progress', completedAt: null })
  expect((await api.ask(crew.manager, `GET /audits?checklistId=${list}`)).body.items).toEqual([])
  expect(await second(list, crew.manager)).toBe('applied')
  const { status, completedBy, signOffs } = await now(list)
  expect([status, completedBy?.name]).toEqual(['completed', 'Dana'])
  expect(signOffs.map(({ meaning, by }) => `${meaning} ${by?.name}`)).toEqual(['performed Dana', 'countersigned Mona'])
  expect(new Set(signOffs.map(({ digest }) => digest)).size).toBe(1)
  expect((await api.ask(crew.manager, `GET /audits?checklistId=${list}`)).body.items).toMatchObject([
    { scoredBy: { name: 'Dana' } },
  ])
})

test('that the manager on duty does not sign is noted with a reason, and completes it too', async () => {
  const list = await answered()
  await signFirst(list)
  expect(await second(list, dana, { meaning: 'declined' })).toBe('refused checklists.reason_needed')
  expect(await second(list, dana, { meaning: 'declined', note: 'Disputes the score' })).toBe('applied')
  expect(await now(list)).toMatchObject({ status: 'completed', completedBy: { name: 'Dana' } })
  expect((await now(list)).signOffs.at(-1)).toMatchObject({ meaning: 'declined', note: 'Disputes the score' })
})

test('one alone completes nothing: not without a signature, not by the first, not by the second before it', async () => {
  const list = await answered()
  expect(await crew.send(dana, does.complete, { checklistId: list })).toBe('refused checklists.signature_needed')
  expect(await second(list, crew.manager)).toBe('refused checklists.first_signature_missing')
  await signFirst(list)
  expect(await second(list, dana)).toMatch(/forbidden/)
  expect(await now(list)).toMatchObject({ status: 'in_progress' })
})

test('the same person cannot be both, also as a manager', async () => {
  const list = await crew.list(await crew.form(content))
  const given = {
    id: randomUUID(),
    checklistId: list,
    itemId: clean,
    value: { kind: 'pass_fail' as const, passes: true },
  }
  expect(await crew.send(crew.manager, does.answer, given, minutesAgo(9))).toBe('applied')
  expect(await crew.send(crew.manager, does.sign, await fresh(list), minutesAgo(8))).toBe('applied')
  expect(await second(list, crew.manager)).toBe('refused checklists.other_signs')
})

test('an answer that changes after the first signature asks for it anew; the one before stays on record', async () => {
  const list = await answered()
  await signFirst(list, 10)
  const before = await fresh(list)
  await answer(list, false, 8)
  const stale = { ...before, meaning: 'countersigned' as const, note: '' }
  expect(await crew.send(crew.manager, does.countersign, stale, minutesAgo(7))).toBe('refused checklists.changed_since')
  expect(await second(list, crew.manager, { minutes: 7 })).toBe('refused checklists.first_signature_missing')
  expect(await signFirst(list, 6)).toBe('applied')
  expect(await second(list, crew.manager)).toBe('applied')
  expect((await now(list)).signOffs.map(({ meaning }) => meaning)).toEqual(['performed', 'performed', 'countersigned'])
})

test('what is not answered is not signed', async () => {
  const list = await crew.list(await crew.form(content))
  expect(await signFirst(list)).toBe('refused checklists.incomplete')
})

test('two that come at once: the first completes it, the other is told that it is over', async () => {
  const list = await answered()
  await signFirst(list)
  const both = await Promise.all([
    second(list, crew.manager),
    second(list, dana, { meaning: 'declined', note: 'She went home' }),
  ])
  expect(both.sort()).toEqual(['applied', 'checklists.over'])
})

test('over HTTP the same; elsewhere and for another customer there is no such checklist', async () => {
  const list = await answered()
  const body = async (meaning: string) => {
    const { checklistId: _, ...signing } = await fresh(list)
    return { ...signing, meaning }
  }
  const path = `POST /checklists/${list}/sign-offs`
  expect((await crew.ask(dana, path, await body('performed'))).status).toBe(201)
  for (const actor of [crew.pilot, crew.stranger]) {
    expect((await crew.ask(actor, path, await body('countersigned'))).status).toBe(404)
  }
  expect((await crew.ask(crew.porter, path, await body('countersigned'))).status).toBe(403)
  expect((await crew.ask(crew.manager, path, await body('countersigned'))).status).toBe(201)
  expect(await now(list)).toMatchObject({ status: 'completed' })
})
