import { createHash, randomUUID } from 'node:crypto'
import { lookAfterMatters } from '@opsflow/capabilities/alerts/server'
import type { Finding, Looked } from '@opsflow/capabilities/findings'
import { findingMutators as acts, findingIdOf } from '@opsflow/capabilities/findings'
import { findingImplementations } from '@opsflow/capabilities/findings/server'
import { taskMutators } from '@opsflow/capabilities/tasks'
import { taskServerMutators } from '@opsflow/capabilities/tasks/server'
import type { Actor } from '@opsflow/platform/actor'
import { serveForTests } from '@opsflow/platform/server/http/serve.for-tests'
import { hire } from '@opsflow/platform/server/postgres/tenant.for-tests'
import { instantsAlike, minutesAgo, mutatorRunner } from '@opsflow/platform/server/sync/run.for-tests'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signedText } from '../../signed-text.ts'
import { checklistMutators as does } from '../../sync.ts'
import { type Crew, openCrew } from './crew.for-tests.ts'

let crew: Crew
let api: Awaited<ReturnType<typeof serveForTests>>
let sendTask: ReturnType<typeof mutatorRunner>
beforeAll(async () => {
  crew = await openCrew()
  api = await serveForTests(findingImplementations({ demand: async () => undefined }), crew.database)
  sendTask = mutatorRunner(crew.database, taskServerMutators)
})
afterAll(async () => {
  await api.close()
  await crew.close()
})

const [section, clean, hands, dated] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
const content = () =>
  ({
    sections: [
      {
        ...{ id: section, title: 'Kitchen' },
        items: [
          { kind: 'pass_fail', id: clean, label: 'Clean', weight: 3 },
          { kind: 'pass_fail', id: hands, label: 'Hands washed', isCritical: true },
          { kind: 'pass_fail', id: dated, label: 'Dated', onFail: { needsNote: false, leadsTo: 'task' } },
        ],
      },
    ],
    scoring: { scheme: 'weighted', auditType: 'internal', passPercent: 70 },
  }) as never

type Passes = Partial<Record<'clean' | 'hands' | 'dated', boolean>>
const ids = { clean, hands, dated }

const answer = async (checklistId: string, itemId: string, passes: boolean, minutes: number, more: object = {}) => {
  const id = randomUUID()
  const given = { id, checklistId, itemId, value: { kind: 'pass_fail' as const, passes }, ...more }
  expect(await crew.send(crew.cook, does.answer, given, minutesAgo(minutes))).toBe('applied')
  return id
}

/** A visit by the cook, so many minutes ago; what is not said passes. */
async function visit(formId: string, passes: Passes, minutes = 0) {
  const id = await crew.list(formId)
  const answers: Record<string, string> = {}
  for (const [name, itemId] of Object.entries(ids)) {
    answers[name] = await answer(id, itemId, passes[name as keyof Passes] ?? true, minutes + 1)
  }
  expect(await crew.send(crew.cook, does.complete, { checklistId: id }, minutesAgo(minutes))).toBe('applied')
  return { id, answers, findings: await findingsOf(id) }
}

const findingsOf = async (checklistId: string, actor: Actor = crew.manager) =>
  (await api.ask(actor, `GET /findings?checklistId=${checklistId}`)).body.items as Finding[]
const one = async (id: string) => (await api.ask(crew.manager, `GET /findings/${id}`)).body as Finding
const tasksOf = (id: string) =>
  crew.rows<{ status: string; task_type: string; cause_kind: string; assigned_role: string | null; due_at: Date }>(
    'select t.status, t.task_type, t.cause_kind, t.assigned_role, t.due_at from findings f join tasks t on t.id = f.task_id where f.id = $1',
    [id],
  )
const fix = (findingId: string, more: object = {}) => ({
  ...{ stepId: randomUUID(), findingId, note: 'Scrubbed it', cause: 'not_done' as const, ...more },
})
const steps = ({ history }: Finding) => history.map(({ step, outcome }) => (outcome === 'applied' ? step : `${step}?`))

/** One finding, put right by the porter. */
async function putRight(formId?: string, minutes = 0) {
  const { findings } = await visit(formId ?? (await crew.form(content())), { clean: false }, minutes + 5)
  const [{ id } = { id: '' }] = findings
  const given = fix(id)
  expect(await crew.send(crew.porter, acts.fix, given, minutesAgo(minutes))).toBe('applied')
  return { id, fixId: given.stepId }
}

describe('an audit that is completed', () => {
  test('makes a finding of each failing answer: owned, dated, traced to its answer, its audit and its version', async () => {
    const { id, answers, findings } = await visit(await crew.form(content()), { clean: false, hands: false }, 3)
    const [audit] = await crew.rows<{ id: string }>('select id from audits where checklist_id = $1', [id])
    expect(findings).toHaveLength(2)
    const found = new Map(findings.map((finding) => [finding.label, finding]))
    expect(found.get('Hands washed')).toMatchObject({
      ...{ id: findingIdOf(answers.hands ?? ''), severity: 'critical', state: 'open', times: 1, repeatsId: null },
      ...{ auditId: audit?.id, checklistId: id, answerId: answers.hands, version: 1, dueDay: null },
      ...{ openedBy: { name: 'Carl' }, assignedTo: null, assignedRole: { id: 'org:manager' } },
    })
    const opened = Date.parse(found.get('Hands washed')?.openedAt ?? '')
    expect(Date.parse(found.get('Hands washed')?.dueAt ?? '') - opened).toBe(72 * 3_600_000)
    expect(found.get('Clean')).toMatchObject({ severity: 'major', dueDay: expect.any(String) })
    expect(await tasksOf(found.get('Hands washed')?.id ?? '')).toMatchObject([
      { status: 'todo', task_type: 'corrective', cause_kind: 'finding', assigned_role: 'org:manager' },
    ])
  })

  test('takes over the task that an answer became already, which is then done where the finding is', async () => {
    const { answers, findings } = await visit(await crew.form(content()), { dated: false })
    const [finding] = findings
    expect(findings).toHaveLength(1)
    expect(finding).toMatchObject({ label: 'Dated', taskId: answers.dated })
    expect(await tasksOf(finding?.id ?? '')).toMatchObject([
      { task_type: 'corrective', cause_kind: 'checklist_answer' },
    ])
    const tasks = await crew.rows('select id from tasks where cause_id = any ($1::uuid[])', [
      [answers.dated, finding?.id],
    ])
    expect(tasks).toHaveLength(1)
    const change = { id: finding?.taskId ?? '', status: 'completed' as const }
    expect(await sendTask(crew.porter, taskMutators.change, change)).toBe('refused tasks.done_by_its_cause')
  })

  test('gives a finding a task of its own where the first was done before the audit was', async () => {
    const list = await crew.list(await crew.form(content()))
    for (const itemId of [clean, hands]) await answer(list, itemId, true, 9)
    const id = await answer(list, dated, false, 9, { becomesTask: true })
    expect(await sendTask(crew.porter, taskMutators.change, { id, status: 'completed' }, minutesAgo(6))).toBe('applied')
    expect(await crew.send(crew.cook, does.complete, { checklistId: list })).toBe('applied')
    const [finding] = await findingsOf(list)
    expect(finding?.taskId).toBe(findingIdOf(id))
  })

  test('gets its task also where someone has used that id for one of their own', async () => {
    const list = await crew.list(await crew.form(content()))
    for (const itemId of [hands, dated]) await answer(list, itemId, true, 9)
    const id = findingIdOf(await answer(list, clean, false, 9))
    const own = { id, locationId: crew.downtown, title: 'Mine', taskType: 'other' as const, priority: 'low' as const }
    expect(await sendTask(crew.manager, taskMutators.create, own, minutesAgo(5))).toBe('applied')
    expect(await crew.send(crew.cook, does.complete, { checklistId: list })).toBe('applied')
    const [finding] = await findingsOf(list)
    expect(finding?.id).toBe(id)
    expect(finding?.taskId).not.toBe(id)
    expect(await tasksOf(id)).toMatchObject([{ status: 'todo', cause_kind: 'finding' }])
  })

  test('tells listeners how many there are, and a device the same as HTTP', async () => {
    const { id, findings } = await visit(await crew.form(content()), { clean: false })
    const facts = await crew.rows<{ body: object }>(
      `select body from facts where name = 'findings.visit_found' and body ->> 'checklistId' = $1`,
      [id],
    )
    expect(facts).toMatchObject([{ body: { opened: 1, repeated: 0, resolved: 0, withdrawn: 0 } }])
    const [change] = await crew.rows<{ version: number }>(
      `select version from sync_changes where entity = 'finding' and entity_id = $1`,
      [findings[0]?.id],
    )
    expect(change).toBeDefined()
  })

  test('keeps nothing of it where the completion is refused', async () => {
    const list = await crew.list(await crew.form(content()))
    await answer(list, clean, false, 2)
    expect(await crew.send(crew.cook, does.complete, { checklistId: list })).toBe('refused checklists.incomplete')
    expect(await findingsOf(list)).toEqual([])
  })

  test('that was sent back and answered again withdraws what was none, and doubles nothing', async () => {
    const { id, findings } = await visit(await crew.form(content()), { clean: false, dated: false }, 8)
    const { form, checklist, answers } = await crew.record(id, crew.manager)
    const digest = createHash('sha256')
      .update(signedText(form, checklist, answers))
      .digest('hex')
    const signing = {
      id: randomUUID(),
      checklistId: id,
      digest,
      answers: answers.map((one: Looked & { id: string }) => one.id),
    }
    const rejected = { ...signing, meaning: 'rejected' as const, note: 'Look again.' }
    expect(await crew.send(crew.manager, does.verify, rejected, minutesAgo(6))).toBe('applied')
    await answer(id, clean, true, 4)
    await answer(id, dated, false, 4)
    expect(await crew.send(crew.cook, does.complete, { checklistId: id })).toBe('applied')
    const now = new Map((await findingsOf(id)).map((finding) => [finding.label, finding]))
    expect([...now.values()].map(({ label, state }) => `${label} ${state}`).sort()).toEqual([
      'Clean withdrawn',
      'Dated open',
    ])
    expect(now.get('Dated')?.id).toBe(findings.find(({ label }) => label === 'Dated')?.id)
    expect(await tasksOf(now.get('Clean')?.id ?? '')).toMatchObject([{ status: 'cancelled' }])
  })
})

describe('someone puts it right', () => {
  test('says how, why and for how much; its task is done by that', async () => {
    const { findings } = await visit(await crew.form(content()), { clean: false })
    const id = findings[0]?.id ?? ''
    const body = {
      stepId: randomUUID(),
      note: 'New hose',
      cause: 'equipment',
      cost: { micro: 42_500_000, currency: 'USD' },
    }
    const { status, body: fixed } = await api.ask(crew.porter, `POST /findings/${id}/fixes`, body)
    expect(status).toBe(200)
    expect(fixed).toMatchObject({ state: 'fixed', fixedAt: expect.any(String) })
    expect(fixed.history.at(-1)).toMatchObject({
      ...{ step: 'fixed', by: { name: 'Pia' }, note: 'New hose', cause: 'equipment' },
      ...{ cost: { micro: 42_500_000, currency: 'USD' }, timeQuality: 'server' },
    })
    expect(await tasksOf(id)).toMatchObject([{ status: 'completed' }])
    expect((await api.ask(crew.porter, `POST /findings/${id}/fixes`, body)).body).toEqual(fixed)
  })

  test('another person confirms it: not whoever did it, and of what they saw', async () => {
    const { id, fixId } = await putRight()
    const verify = (actor: Actor, more: object = {}) =>
      crew.send(actor, acts.verify, { stepId: randomUUID(), findingId: id, fixId, ...more })
    expect(await verify(crew.manager, { fixId: randomUUID() })).toBe('refused findings.changed_since')
    expect(await verify(crew.manager)).toBe('applied')
    expect(await one(id)).toMatchObject({ state: 'verified' })
    const own = await visit(await crew.form(content()), { clean: false })
    const given = fix(own.findings[0]?.id ?? '')
    expect(await crew.send(crew.manager, acts.fix, given)).toBe('applied')
    const mine = { stepId: randomUUID(), findingId: given.findingId, fixId: given.stepId }
    expect(await crew.send(crew.manager, acts.verify, mine)).toBe('refused findings.verifier_must_differ')
  })

  test('it is confirmed once every photo that was named has come', async () => {
    const { findings } = await visit(await crew.form(content()), { clean: false })
    const id = findings[0]?.id ?? ''
    const photos = [{ id: randomUUID(), sha256: 'ab'.repeat(32) }]
    const given = fix(id, { photos })
    expect(await crew.send(crew.porter, acts.fix, given)).toBe('applied')
    const verify = { stepId: randomUUID(), findingId: id, fixId: given.stepId }
    expect(await crew.send(crew.manager, acts.verify, verify)).toBe('refused evidence.missing')
    await crew.admin.query('update evidence set arrived_at = now() where owner_id = $1', [id])
    expect(await crew.send(crew.manager, acts.verify, verify)).toBe('applied')
  })

  test('sent back it is open again with its reason, and so is its task, by the old time', async () => {
    const { id, fixId } = await putRight()
    const due = (await tasksOf(id))[0]?.due_at
    const back = { stepId: randomUUID(), findingId: id, fixId, reason: 'Still greasy' }
    expect(await crew.send(crew.manager, acts.sendBack, back)).toBe('applied')
    expect(await one(id)).toMatchObject({ state: 'open', fixedAt: null })
    expect((await one(id)).history.at(-1)).toMatchObject({ step: 'sent_back', note: 'Still greasy' })
    expect(await tasksOf(id)).toMatchObject([{ status: 'todo', due_at: due }])
  })

  test('two who put it right offline: the later one by its time stands, both are in its history', async () => {
    for (const order of [0, 1]) {
      const { findings } = await visit(await crew.form(content()), { clean: false }, 30)
      const id = findings[0]?.id ?? ''
      const deeds = [
        { who: crew.porter, given: fix(id, { note: 'Wiped' }), minutes: 20 },
        { who: crew.cook, given: fix(id, { note: 'Scrubbed' }), minutes: 10 },
      ]
      if (order === 1) deeds.reverse()
      for (const { who, given, minutes } of deeds) await crew.send(who, acts.fix, given, minutesAgo(minutes))
      const now = await one(id)
      expect(now.history.filter(({ step }) => step === 'fixed')).toHaveLength(2)
      expect(now.history.findLast(({ outcome, step }) => step === 'fixed' && outcome === 'applied')?.note).toBe(
        'Scrubbed',
      )
    }
  })

  test('a fix from before it was sent back, and one that comes after the confirmation, are history', async () => {
    const { id, fixId } = await putRight(undefined, 20)
    const back = { stepId: randomUUID(), findingId: id, fixId, reason: 'No' }
    expect(await crew.send(crew.manager, acts.sendBack, { ...back, reason: 'Not clean' }, minutesAgo(10))).toBe(
      'applied',
    )
    expect(await crew.send(crew.cook, acts.fix, fix(id), minutesAgo(15))).toBe('findings.answered_since')
    expect(await one(id)).toMatchObject({ state: 'open' })
    const again = fix(id)
    expect(await crew.send(crew.cook, acts.fix, again, minutesAgo(5))).toBe('applied')
    const verify = { stepId: randomUUID(), findingId: id, fixId: again.stepId }
    expect(await crew.send(crew.manager, acts.verify, verify, minutesAgo(4))).toBe('applied')
    expect(await crew.send(crew.porter, acts.fix, fix(id), minutesAgo(4.5))).toBe('findings.over')
    expect(steps(await one(id))).toEqual(['opened', 'fixed', 'fixed?', 'sent_back', 'fixed', 'fixed?', 'verified'])
  })
})

describe('the next visit', () => {
  test('finds it again: repeated for the second time, and the third', async () => {
    const formId = await crew.form(content())
    const { id: first } = await putRight(formId, 50)
    const second = (await visit(formId, { clean: false }, 30)).findings[0]
    expect(second).toMatchObject({ times: 2, repeatsId: first })
    expect(await one(first)).toMatchObject({ state: 'repeated' })
    expect((await one(first)).history.at(-1)).toMatchObject({ step: 'repeated', checklistId: second?.checklistId })
    const third = (await visit(formId, { clean: false }, 10)).findings[0]
    expect(third).toMatchObject({ times: 3, repeatsId: second?.id, taskId: second?.taskId })
    const open = await crew.rows(`select id from tasks where id = $1 and status = 'todo'`, [third?.taskId])
    expect(open).toHaveLength(1)
    expect(Date.parse(third?.dueAt ?? '')).toBeLessThanOrEqual(Date.parse(second?.dueAt ?? ''))
  })

  test('finds it in order: resolved, and confirmed by whoever looked; after that it begins anew', async () => {
    const formId = await crew.form(content())
    const { id } = await putRight(formId, 50)
    await visit(formId, {}, 30)
    expect(await one(id)).toMatchObject({ state: 'verified', resolvedAt: expect.any(String) })
    expect((await visit(formId, { clean: false }, 10)).findings).toMatchObject([{ times: 1, repeatsId: null }])
  })

  test('whoever put it right themselves finds it in order, and it still waits for another person', async () => {
    const formId = await crew.form(content())
    const { findings } = await visit(formId, { clean: false }, 50)
    const id = findings[0]?.id ?? ''
    expect(await crew.send(crew.cook, acts.fix, fix(id), minutesAgo(40))).toBe('applied')
    await visit(formId, {}, 30)
    expect(await one(id)).toMatchObject({ state: 'fixed', resolvedAt: expect.any(String) })
  })
})

describe('who may', () => {
  test('see it: people of its place; elsewhere it is as if there were none', async () => {
    const { id, fixId } = await putRight()
    for (const actor of [crew.pilot, crew.stranger]) {
      expect((await api.ask(actor, `GET /findings`)).body.items).toEqual([])
      expect((await api.ask(actor, 'GET /findings.csv')).text.trim().split('\r\n')).toHaveLength(1)
      const asks: [string, object?][] = [
        ['GET /findings/{id}'],
        ['POST /findings/{id}/fixes', { stepId: randomUUID(), note: 'Mine', cause: 'other' }],
        ['POST /findings/{id}/verifications', { stepId: randomUUID(), fixId }],
        ['POST /findings/{id}/returns', { stepId: randomUUID(), fixId, reason: 'Because' }],
      ]
      for (const [route, body] of asks) {
        const [hidden, nowhere] = await Promise.all(
          [id, randomUUID()].map((which) => api.ask(actor, route.replace('{id}', which), body)),
        )
        expect(hidden?.status).toBe(404)
        const told = [hidden, nowhere].map((answered) => ({ ...answered?.body, requestId: '' }))
        expect(told[0]).toEqual(told[1])
      }
    }
    expect(await one(id)).toMatchObject({ state: 'fixed' })
  })

  test('do what: a cook puts it right, and confirms nothing', async () => {
    const { id, fixId } = await putRight()
    const given = { stepId: randomUUID(), findingId: id, fixId }
    expect(await crew.send(crew.cook, acts.verify, given)).toBe('quarantined')
    expect(await crew.send(crew.cook, acts.sendBack, { ...given, reason: 'Not mine' })).toBe('quarantined')
    expect(
      (await api.ask(crew.cook, `POST /findings/${id}/verifications`, { stepId: randomUUID(), fixId })).status,
    ).toBe(403)
    const looker = await hire(crew.database, crew.home, 'Lou', ['findings.read'], new Set([crew.downtown]))
    expect((await api.ask(looker, `POST /findings/${id}/fixes`, { ...fix(id), findingId: undefined })).status).toBe(403)
    const blind = await hire(crew.database, crew.home, 'Bo', ['checklists.read'], new Set([crew.downtown]))
    expect((await api.ask(blind, `GET /findings/${id}`)).status).toBe(403)
  })

  test('change what is on record: nobody', async () => {
    const { id } = await putRight()
    const change = (sql: string) => crew.write((tx) => tx.query(sql, [id]))
    await expect(change(`update finding_steps set note = '' where finding_id = $1`)).rejects.toThrow(
      'permission denied',
    )
    await expect(change('delete from finding_steps where finding_id = $1')).rejects.toThrow('permission denied')
    await expect(change('delete from findings where id = $1')).rejects.toThrow('permission denied')
    await expect(change('update findings set due_at = now() where id = $1')).rejects.toThrow('permission denied')
  })
})

describe('lists', () => {
  test('by state, severity, place, audit and time, each once over the pages, in either order', async () => {
    const { id, findings } = await visit(await crew.form(content()), { clean: false, hands: false, dated: false })
    const listed = async (query: string) =>
      ((await api.ask(crew.manager, `GET /findings?limit=200&${query}`)).body.items as Finding[]).map((one) => one.id)
    const all = findings.map((one) => one.id).sort()
    expect((await listed(`checklistId=${id}&state=owed`)).sort()).toEqual(all)
    expect(await listed(`checklistId=${id}&state=verified`)).toEqual([])
    expect(await listed(`checklistId=${id}&severity=critical`)).toHaveLength(1)
    expect(await listed(`checklistId=${id}&overdue=true`)).toEqual([])
    expect(await listed(`checklistId=${id}&overdue=false`)).toHaveLength(3)
    expect(await listed(`taskId=${findings[0]?.taskId}`)).toEqual([findings[0]?.id])
    expect(await listed(`locationId=${crew.airport}`)).toEqual([])
    for (const sort of ['due', 'newest']) {
      const seen: string[] = []
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page = await api.ask(crew.manager, `GET /findings?sort=${sort}&limit=2${cursor && `&cursor=${cursor}`}`)
        seen.push(...page.body.items.map((one: Finding) => one.id))
        cursor = page.body.nextCursor
      }
      expect(seen).toEqual(await listed(`sort=${sort}`))
    }
  })

  test('as a file each is a row with its place, its fix and what it cost', async () => {
    const { findings } = await visit(await crew.form(content()), { clean: false })
    const id = findings[0]?.id ?? ''
    await crew.send(crew.porter, acts.fix, fix(id, { note: '=1+1', cost: { micro: 12_340_000, currency: 'EUR' } }))
    const { text } = await api.ask(crew.manager, 'GET /findings.csv?state=fixed')
    const row = text.split('\r\n').find((line) => line.includes(id)) ?? ''
    expect(row).toContain('12.34,EUR')
    expect(row).toContain("'=1+1")
  })
})

test('one that is overdue is one matter, which a fix closes and a sending back opens again', async () => {
  const { findings } = await visit(await crew.form(content()), { clean: false }, 30)
  const { id, taskId } = findings[0] as Finding
  const look = () => lookAfterMatters({ database: crew.database, relayPool: crew.relay, waysOn: new Set() })
  const matters = () =>
    crew.rows<{ kind: string; severity: string; open: boolean }>(
      'select kind, severity, closed_at is null as open from matters where subject_id = any ($1::uuid[])',
      [[taskId, id]],
    )
  await look()
  expect(await matters()).toEqual([])
  await crew.admin.query(`update tasks set due_at = now() - interval '10 minutes' where id = $1`, [taskId])
  await look()
  await look()
  expect(await matters()).toEqual([{ kind: 'task', severity: 'normal', open: true }])
  const given = fix(id)
  expect(await crew.send(crew.porter, acts.fix, given, minutesAgo(2))).toBe('applied')
  await look()
  expect(await matters()).toMatchObject([{ open: false }])
  const back = { stepId: randomUUID(), findingId: id, fixId: given.stepId, reason: 'Not clean' }
  expect(await crew.send(crew.manager, acts.sendBack, back)).toBe('applied')
  await look()
  expect(await matters()).toMatchObject([{ open: true }])
})

test('what is found most is told by item, with how often again, for those who may see it', async () => {
  const formId = await crew.form(content())
  await visit(formId, { clean: false }, 30)
  await visit(formId, { clean: false, dated: false }, 20)
  const [{ template_id: templateId } = { template_id: '' }] = await crew.rows<{ template_id: string }>(
    'select template_id from checklist_forms where id = $1',
    [formId],
  )
  const today = new Date().toISOString().slice(0, 10)
  const asked = async (actor: Actor, from = today, to = today) => {
    const { status, body } = await api.ask(actor, `GET /findings/most-found?from=${from}&to=${to}&limit=100`)
    const items = (body.items ?? []) as {
      templateId: string
      label: string
      found: number
      again: number
      open: number
    }[]
    return { status, items: items.filter((item) => item.templateId === templateId) }
  }
  expect((await asked(crew.manager)).items).toMatchObject([
    { label: 'Clean', found: 2, again: 1, places: 1, open: 1 },
    { label: 'Dated', found: 1, again: 0 },
  ])
  for (const actor of [crew.pilot, crew.stranger]) expect((await asked(actor)).items).toEqual([])
  expect((await asked(crew.manager, '2001-01-01', '2001-01-31')).items).toEqual([])
  expect((await asked(crew.manager, '2026-02-01', '2026-01-01')).status).toBe(422)
  expect((await asked(crew.manager, '2020-01-01', today)).status).toBe(422)
})

test('a unit out of its limit is no finding, and counts among what is found most, visit after visit', async () => {
  const cooler = randomUUID()
  const walkIn = await crew.unit('Walk-in of audits')
  const items = [
    { kind: 'temperature', id: cooler, label: 'Walk-in', subject: { kind: 'unit', unitKinds: ['walk_in_cooler'] } },
  ]
  const formId = await crew.form({
    sections: [{ id: randomUUID(), title: 'Cold', items }],
    scoring: { scheme: 'weighted', auditType: 'internal', passPercent: 70 },
  } as never)
  const come = async (minutes: number, ...texts: string[]) => {
    const checklistId = await crew.list(formId)
    for (const text of texts) {
      const value = { kind: 'temperature' as const, text, unit: 'F' as const, unitId: walkIn }
      const given = { id: randomUUID(), checklistId, itemId: cooler, value }
      expect(await crew.send(crew.cook, does.answer, given, minutesAgo(minutes--))).toBe('applied')
    }
    expect(await crew.send(crew.cook, does.complete, { checklistId }, minutesAgo(minutes))).toBe('applied')
    return findingsOf(checklistId)
  }
  const most = async (actor: Actor = crew.manager) => {
    const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10)
    const { body } = await api.ask(actor, `GET /findings/most-found?from=${day(1)}&to=${day(0)}&limit=100`)
    return (body.items as { itemId: string }[]).filter(({ itemId }) => itemId === cooler)
  }
  expect(await come(50, '51')).toEqual([])
  expect(await most()).toMatchObject([{ label: 'Walk-in', found: 1, again: 0, places: 1, open: 1 }])
  await come(40, '52')
  expect(await most()).toMatchObject([{ found: 2, again: 1, open: 2 }])
  // What was measured again within the visit, and in order, was none; nor is the next one the same again then.
  await come(30, '53', '38')
  await come(20, '54')
  expect(await most()).toMatchObject([{ found: 3, again: 1 }])
  for (const actor of [crew.pilot, crew.stranger]) expect(await most(actor)).toEqual([])
})

test('as people see it, it is the same however its instants are written', async () => {
  const { id } = await putRight()
  const [listed] = (await api.ask(crew.manager, `GET /findings?checklistId=${(await one(id)).checklistId}`)).body.items
  expect(instantsAlike(listed)).toEqual(instantsAlike(await one(id)))
})
