import { createHash, randomUUID } from 'node:crypto'
import type { Actor, Reach } from '@opsflow/platform/actor'
import { instantsAlike, minutesAgo } from '@opsflow/platform/server/sync/run.for-tests'
import { pretendRows } from '@opsflow/platform/sync-rows.for-tests'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import type { Answer, AnswerValue, NewAnswer } from '../../answer.ts'
import { signedText } from '../../signed-text.ts'
import { standingAnswers } from '../../standing-answers.ts'
import { checklistMutators as does } from '../../sync.ts'
import { ANSWER, CHECKLIST, FORM } from '../../sync-entities.ts'
import { type Crew, openCrew } from './crew.for-tests.ts'

let crew: Crew
let walkIn: string
beforeAll(async () => {
  crew = await openCrew()
  walkIn = await crew.unit('Walk-in')
})
afterAll(() => crew.close())

const [section, clean, ppm, cooler, soup] = Array.from({ length: 5 }, () => randomUUID()) as [
  string,
  string,
  string,
  string,
  string,
]
const items = [
  {
    kind: 'pass_fail',
    id: clean,
    label: 'The line is clean',
    onFail: { leadsTo: 'recheck', fix: 'Wipe it down', task: { dueMinutes: 60 } },
  },
  { kind: 'number', id: ppm, label: 'Sanitiser', unit: 'ppm', min: 200, max: 400 },
  { kind: 'temperature', id: cooler, label: 'Walk-in', subject: { kind: 'unit', unitKinds: ['walk_in_cooler'] } },
  { kind: 'temperature', id: soup, label: 'Soup', subject: { kind: 'food', limitId: 'us.hot_hold' } },
] as const
const content = (more: object = {}) =>
  ({ sections: [{ id: section, title: 'Line', items: [...items] }], ...more }) as never

const pass: AnswerValue = { kind: 'pass_fail', passes: true }
const fail: AnswerValue = { kind: 'pass_fail', passes: false }
const number = (text: string): AnswerValue => ({ kind: 'number', text })
const degrees = (text: string, unitId: string | null): AnswerValue => ({
  kind: 'temperature',
  text,
  unit: 'F',
  unitId,
  logId: null,
})

type Given = Partial<z.input<typeof NewAnswer>>
const answer = (
  actor: Actor,
  checklistId: string,
  itemId: string,
  value: AnswerValue | null,
  minutes = 0,
  more: Given = {},
) => crew.send(actor, does.answer, { id: randomUUID(), checklistId, itemId, value, ...more }, minutesAgo(minutes))
async function answerAll(actor: Actor, list: string, minutes = 0) {
  const all: [string, AnswerValue][] = [
    [clean, pass],
    [ppm, number('300')],
    [cooler, degrees('38', walkIn)],
    [soup, degrees('150', null)],
  ]
  for (const [item, value] of all) expect(await answer(actor, list, item, value, minutes)).toBe('applied')
}
const complete = (actor: Actor, checklistId: string, minutes = 0) =>
  crew.send(actor, does.complete, { checklistId }, minutesAgo(minutes))
const record = (id: string, actor = crew.cook) => crew.record(id, actor)
const statusOf = async (id: string) => (await record(id)).checklist.status
const minutes = (n: number) => new Date(Date.now() + n * 60_000).toISOString()

async function signing(id: string, saw?: Awaited<ReturnType<typeof record>>) {
  const { form, checklist, answers } = saw ?? (await record(id))
  const digest = createHash('sha256')
    .update(signedText(form, checklist, answers))
    .digest('hex')
  return { id: randomUUID(), checklistId: id, digest, answers: answers.map((one: Answer) => one.id), note: '' }
}

describe('a checklist done offline', () => {
  test('is begun by its first answer, at the time that was given, and each answer says whose it is', async () => {
    const list = await crew.list(await crew.form(content()))
    expect(await answer(crew.cook, list, clean, pass, 40)).toBe('applied')
    expect(await answer(crew.porter, list, ppm, number('250'), 30)).toBe('applied')
    const { checklist, answers } = await record(list)
    expect(checklist).toMatchObject({ status: 'in_progress', startedBy: { name: 'Carl' } })
    expect(answers.map((one: Answer) => [one.outcome, one.answeredBy?.name, one.timeQuality])).toEqual([
      ['pass', 'Carl', 'exact'],
      ['pass', 'Pia', 'exact'],
    ])
  })

  test('a unit’s temperature is a reading of that unit, and out of its limit a corrective action', async () => {
    const list = await crew.list(await crew.form(content()))
    const id = randomUUID()
    await crew.send(crew.cook, does.answer, { id, checklistId: list, itemId: cooler, value: degrees('51', walkIn) })
    const [log] = await crew.rows<{ is_compliant: boolean; value_text: string }>(
      'select * from temperature_logs where id = $1',
      [id],
    )
    expect(log).toMatchObject({ is_compliant: false, value_text: '51' })
    const said = { kind: 'temperature', text: '51', unit: 'F', unitId: walkIn, logId: id } as const
    expect(await answer(crew.cook, list, cooler, said, 0, { note: 'Door stood open' })).toBe('applied')
    expect(await crew.rows('select from corrective_actions where temperature_log_id = $1', [id])).toHaveLength(1)
    const { answers } = await record(list)
    expect(answers.map((one: Answer) => [one.outcome, one.note])).toEqual([
      ['fail', ''],
      ['fail', 'Door stood open'],
    ])
    expect(
      await crew.rows('select from temperature_logs where unit_id = $1 and value_text = $2', [walkIn, '51']),
    ).toHaveLength(1)
  })

  test('a food is judged by the limit of the location’s rules', async () => {
    const list = await crew.list(await crew.form(content()))
    await answer(crew.cook, list, soup, degrees('134.9', null), 3)
    await answer(crew.cook, list, soup, degrees('135', null), 2)
    expect((await record(list)).answers.map((one: Answer) => one.outcome)).toEqual(['fail', 'pass'])
    await crew.write((tx) =>
      tx.query(`update locations set rule_edition = 'nyc-health-code' where id = $1`, [crew.downtown]),
    )
    await answer(crew.cook, list, soup, degrees('136', null), 1)
    await crew.write((tx) => tx.query(`update locations set rule_edition = null where id = $1`, [crew.downtown]))
    expect((await record(list)).answers.at(-1).outcome).toBe('fail')
  })

  test('a failing answer becomes an owned task with a deadline; put right before anyone began, it is withdrawn', async () => {
    const list = await crew.list(await crew.form(content()))
    const id = randomUUID()
    await crew.send(
      crew.cook,
      does.answer,
      { id, checklistId: list, itemId: clean, value: fail, note: 'Grease', becomesTask: true },
      minutesAgo(20),
    )
    const task = () =>
      crew.rows<{ status: string; title: string }>(
        `select * from tasks where cause_kind = 'checklist_answer' and cause_id = $1`,
        [id],
      )
    expect(await task()).toMatchObject([
      { id, status: 'todo', title: 'The line is clean', description: 'Grease\nWipe it down' },
    ])
    expect((await record(list)).answers[0]).toMatchObject({ taskId: id })
    await answer(crew.cook, list, clean, pass, 10)
    expect(await task()).toMatchObject([{ status: 'cancelled' }])
  })

  test('what failed and was not put right by the end becomes a task with the completion', async () => {
    const list = await crew.list(await crew.form(content()))
    await answerAll(crew.cook, list, 20)
    await answer(crew.cook, list, clean, fail, 10)
    expect(await complete(crew.cook, list, 5)).toBe('refused checklists.incomplete')
    await answer(crew.cook, list, clean, fail, 8, { note: 'No degreaser left' })
    expect(await complete(crew.cook, list, 5)).toBe('applied')
    const { answers } = await record(list)
    const failing = answers.findLast((one: Answer) => one.outcome === 'fail')
    expect(failing.taskId).toBe(failing.id)
  })

  test('is completed once: the second completion is kept apart', async () => {
    const list = await crew.list(await crew.form(content()))
    await answerAll(crew.cook, list, 30)
    expect(await complete(crew.porter, list, 5)).toBe('applied')
    expect(await complete(crew.cook, list, 20)).toBe('checklists.over')
    expect((await record(list)).checklist).toMatchObject({ completedBy: { name: 'Pia' }, status: 'completed' })
  })

  test('completed by one, a failing answer of another that arrives later still becomes a task', async () => {
    const list = await crew.list(await crew.form(content()))
    await answerAll(crew.cook, list, 30)
    expect(await complete(crew.porter, list, 5)).toBe('applied')
    await answer(crew.cook, list, clean, fail, 40, { note: 'Put right at once' })
    await answer(crew.cook, list, clean, fail, 10, { note: 'Dirty again' })
    const { answers } = await record(list)
    const tasks = answers.filter((one: Answer) => one.taskId !== null)
    expect(tasks.map(({ note }: Answer) => note)).toEqual(['Dirty again'])
  })

  test('is complete by what its person saw, whatever someone else had begun on another device', async () => {
    const batches = {
      sections: [
        {
          ...{ id: section, title: 'Batches', repeat: { per: 'entry', noun: 'batch', atLeast: 1 } },
          items: [{ kind: 'pass_fail', id: clean, label: 'Cooled' }],
        },
      ],
    } as never
    const list = await crew.list(await crew.form(batches))
    const [mine, theirs] = [randomUUID(), randomUUID()]
    const begin = (actor: Actor, entryId: string, minutes: number) =>
      answer(actor, list, section, { kind: 'entry', label: 'Soup' }, minutes, { entryId })
    await begin(crew.cook, mine, 20)
    await answer(crew.cook, list, clean, pass, 19, { entryId: mine })
    await begin(crew.porter, theirs, 18)
    expect(await complete(crew.cook, list, 10)).toBe('refused checklists.incomplete')
    const { answers } = await record(list)
    const seen = answers.filter((one: Answer) => one.entryId === mine).map(({ id }: Answer) => id)
    expect(await crew.send(crew.cook, does.complete, { checklistId: list, seen }, minutesAgo(10))).toBe('applied')
    expect(await answer(crew.porter, list, clean, fail, 5, { entryId: theirs })).toBe('applied')
    expect((await record(list)).answers.at(-1)).toMatchObject({ outcome: 'fail', entryId: theirs })
  })

  test('is not complete while something is missing, and is told what', async () => {
    const list = await crew.list(await crew.form(content()))
    await answer(crew.cook, list, clean, pass)
    const { status, body } = await crew.ask(crew.cook, `POST /checklists/${list}/completion`, {})
    expect([status, body.code, body.errors[0]]).toEqual([
      409,
      'checklists.incomplete',
      { path: ppm, code: 'checklists.incomplete', message: 'Sanitiser' },
    ])
  })

  test('that was done in time is not missed, whenever that is heard of; what was done later was', async () => {
    const form = await crew.form(content())
    const [timely, late] = [
      await crew.list(form, { missedAt: minutes(-60) }),
      await crew.list(form, { missedAt: minutes(-60) }),
    ]
    await crew.write((tx) => tx.query(`update checklists set status = 'missed' where id = any ($1)`, [[timely, late]]))
    await answerAll(crew.cook, timely, 90)
    expect(await complete(crew.cook, timely, 80)).toBe('applied')
    await answerAll(crew.cook, late, 40)
    expect(await complete(crew.cook, late, 30)).toBe('checklists.too_late')
    expect([await statusOf(timely), await statusOf(late)]).toEqual(['completed', 'missed'])
    expect((await record(late)).answers).toHaveLength(4)
  })

  test('has nothing to record, with a reason, only where that may be', async () => {
    const [may, mayNot] = [
      await crew.list(await crew.form(content({ mayBeEmpty: true }))),
      await crew.list(await crew.form(content())),
    ]
    const empty = (checklistId: string) => crew.send(crew.cook, does.empty, { checklistId, reason: 'No delivery came' })
    expect(await empty(may)).toBe('applied')
    expect(await empty(mayNot)).toBe('refused checklists.not_empty')
    expect((await record(may)).checklist).toMatchObject({ status: 'empty', reason: 'No delivery came' })
  })

  test('begun by the version the device had stays with it, although the list had been renewed meanwhile', async () => {
    const old = await crew.form(content())
    const renewed = await crew.nextForm(old, {
      sections: [{ id: section, title: 'Line', items: [{ ...items[1], max: 500 }] }],
    } as never)
    const [list, other] = [await crew.list(renewed), await crew.list(renewed)]
    expect(await answer(crew.cook, list, clean, pass, 0, { formId: old })).toBe('applied')
    expect((await record(list)).form).toMatchObject({ id: old, version: 1 })
    expect(await answer(crew.cook, other, clean, pass)).toBe('refused checklists.item_unknown')
    const foreign = await crew.form({ sections: [{ id: randomUUID(), title: '', items: [{ ...items[0] }] }] } as never)
    expect(await answer(crew.cook, other, clean, pass, 0, { formId: foreign })).toBe('refused checklists.item_unknown')
  })

  test('by its device shows what the server makes of it', async () => {
    const list = await crew.list(await crew.form(content()))
    const { form, checklist } = await record(list)
    const [unit] = (await crew.database.read(crew.cook, async (tx) =>
      tx.query(`select id, name, kind, location_id as "locationId" from units`),
    )) as never[]
    const location = { id: crew.downtown, jurisdiction: 'us', ruleEdition: null }
    const rows = pretendRows({ [FORM]: [form], [CHECKLIST]: [checklist], location: [location], unit: [unit] as never })
    const doing = (when = minutesAgo(5)) => ({
      when,
      doing: { by: { id: crew.cook.id, name: 'Carl' }, kiosk: null, at: when.at, uid: when.uid },
    })
    const given = { id: randomUUID(), checklistId: list, itemId: clean, value: fail, note: 'Grease', becomesTask: true }
    const first = doing()
    await rows.foresee(does.answer, given, first.doing)
    await crew.send(crew.cook, does.answer, given, first.when)
    const served = await record(list)
    const known = { receivedAt: null, timeQuality: null }
    expect(instantsAlike(rows.row(ANSWER, given.id))).toEqual({ ...served.answers[0], ...known })
    expect(instantsAlike(rows.row(CHECKLIST, list))).toEqual({ ...served.checklist, ...known })
    expect(rows.row('task', given.id)).toMatchObject({ state: 'todo', title: 'The line is clean' })
  })
})

describe('a signature', () => {
  const needs = { needsSignature: true, needsVerification: true }

  test('completes the list, and a second person verifies exactly that', async () => {
    const list = await crew.list(await crew.form(content(needs)))
    await answerAll(crew.cook, list, 20)
    expect(await complete(crew.cook, list, 15)).toBe('refused checklists.signature_needed')
    expect(await crew.send(crew.cook, does.sign, await signing(list), minutesAgo(10))).toBe('applied')
    expect(await statusOf(list)).toBe('completed')
    const verify = async (actor: Actor) =>
      crew.send(actor, does.verify, { ...(await signing(list)), meaning: 'verified' })
    expect(await verify(crew.porter)).toBe('quarantined')
    expect(await verify(crew.manager)).toBe('applied')
    const { checklist } = await record(list)
    expect(checklist.signOffs).toMatchObject([
      { meaning: 'performed', by: { name: 'Carl' }, signature: 'session' },
      { meaning: 'verified', by: { name: 'Mona' } },
    ])
    expect(checklist.signOffs[0].digest).toBe(checklist.signOffs[1].digest)
  })

  test('of something else than what stands is refused, and says what has changed', async () => {
    const list = await crew.list(await crew.form(content(needs)))
    await answerAll(crew.cook, list, 20)
    const saw = await record(list)
    await answer(crew.porter, list, ppm, number('210'), 12)
    const { meaning: _, ...given } = { ...(await signing(list, saw)), meaning: 'performed' }
    expect(await crew.send(crew.cook, does.sign, given, minutesAgo(10))).toBe('refused checklists.changed_since')
    const { body } = await crew.ask(
      crew.cook,
      `POST /checklists/${list}/sign-offs`,
      without(given, 'checklistId', { meaning: 'performed' }),
    )
    expect([body.code, body.errors]).toEqual([
      'checklists.changed_since',
      [expect.objectContaining({ message: 'Sanitiser' })],
    ])
  })

  test('covers what had been answered by then: an earlier answer that arrives late is kept, a later one is refused', async () => {
    const list = await crew.list(await crew.form(content(needs)))
    await answerAll(crew.cook, list, 30)
    await crew.send(crew.cook, does.sign, await signing(list), minutesAgo(20))
    expect(await answer(crew.porter, list, ppm, number('220'), 25)).toBe('applied')
    expect(await answer(crew.porter, list, ppm, number('230'), 15)).toBe('refused checklists.signed')
  })

  test('is not given by whoever took part; sent back with a reason the list is open again', async () => {
    const list = await crew.list(await crew.form(content(needs)))
    await answerAll(crew.cook, list, 30)
    await answer(crew.manager, list, ppm, number('220'), 28)
    await crew.send(crew.cook, does.sign, await signing(list), minutesAgo(20))
    const verify = async (meaning: 'verified' | 'rejected', note = '') =>
      crew.send(crew.manager, does.verify, { ...(await signing(list)), meaning, note }, minutesAgo(10))
    expect(await verify('verified')).toBe('refused checklists.took_part')
    expect(await verify('rejected')).toBe('refused checklists.reason_needed')
    expect(await verify('rejected', 'The soup again')).toBe('applied')
    expect(await statusOf(list)).toBe('in_progress')
    expect(await answer(crew.cook, list, soup, degrees('160', null), 5)).toBe('applied')
    expect(await crew.send(crew.cook, does.sign, await signing(list), minutesAgo(4))).toBe('applied')
  })
})

describe('a checklist is nobody else’s', () => {
  test('not of another tenant, another location, nor without the permission', async () => {
    const list = await crew.list(await crew.form(content()))
    for (const actor of [crew.stranger, crew.pilot]) {
      expect(await answer(actor, list, clean, pass)).toMatch(/^(refused not_found|quarantined)$/)
      expect((await crew.ask(actor, `GET /checklists/${list}`)).status).toBe(404)
      expect((await crew.ask(actor, 'GET /checklists')).body.items.map(({ id }: { id: string }) => id)).not.toContain(
        list,
      )
      for (const [path, body] of commandsOf(list))
        expect((await crew.ask(actor, `POST ${path}`, body)).status, path).toBe(404)
    }
    const reader = { ...crew.cook, permissions: new Map([['checklists.read', 'all' as const]]) }
    expect(await answer(reader, list, clean, pass)).toBe('quarantined')
    const doesAtAirport: Actor['permissions'] = new Map<string, Reach>([
      ['checklists.read', 'all'],
      ['checklists.do', new Set([crew.airport])],
    ])
    const elsewhere = { ...crew.cook, id: randomUUID(), permissions: doesAtAirport }
    for (const [path, body] of commandsOf(list))
      expect((await crew.ask(elsewhere, `POST ${path}`, body)).status, path).toBe(403)
    expect(await statusOf(list)).toBe('open')
  })

  const commandsOf = (list: string): [string, object][] => [
    [`/checklists/${list}/answers`, { id: randomUUID(), itemId: clean, value: pass }],
    [`/checklists/${list}/completion`, {}],
    [`/checklists/${list}/completion`, { reason: 'Nothing came' }],
    [`/checklists/${list}/sign-offs`, { id: randomUUID(), digest: '0'.repeat(64), answers: [], meaning: 'performed' }],
  ]

  test('begun by hand where its form is, in the business day of the place, once', async () => {
    const formId = await crew.form(content())
    const id = randomUUID()
    const begin = (actor: Actor) => crew.ask(actor, 'POST /checklists', { id, formId })
    expect((await begin(crew.pilot)).status).toBe(404)
    expect(await crew.send(crew.cook, does.begin, { id, formId }, minutesAgo(30))).toBe('applied')
    expect((await begin(crew.porter)).body).toMatchObject({
      id,
      scheduleId: null,
      status: 'open',
      locationId: crew.downtown,
    })
    expect(standingAnswers((await record(id)).answers).size).toBe(0)
    const { templateId } = (await record(id)).form
    const ofTemplate = (locationId: string) => ({ id: randomUUID(), templateId, locationId })
    const begun = await crew.ask(crew.cook, 'POST /checklists', ofTemplate(crew.downtown))
    expect(begun.body).toMatchObject({ templateId, version: 1 })
    expect((await crew.ask(crew.cook, 'POST /checklists', ofTemplate(crew.airport))).status).toBe(404)
  })
})

const without = (given: object, field: string, more: object) =>
  Object.fromEntries(Object.entries({ ...given, ...more }).filter(([name]) => name !== field))
