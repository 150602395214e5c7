import { randomUUID } from 'node:crypto'
import { type Ask, serveForTests } from '@opsflow/platform/server/http/serve.for-tests'
import { hire } from '@opsflow/platform/server/postgres/tenant.for-tests'
import { minutesAgo } from '@opsflow/platform/server/sync/run.for-tests'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checklistMutators as does } from '../../sync.ts'
import type { PlannedAudit } from '../../view-routes.ts'
import { type Crew, openCrew } from '../doing/crew.for-tests.ts'
import { checklistViewImplementations, scheduleImplementations } from '../index.ts'

let crew: Crew
let ask: Ask
let close: () => Promise<void>
let audit: string
let plain: string
const item = randomUUID()

beforeAll(async () => {
  crew = await openCrew()
  ;({ ask, close } = await serveForTests(
    [...checklistViewImplementations(), ...scheduleImplementations()],
    crew.database,
  ))
  const sections = [
    { id: randomUUID(), title: '', items: [{ kind: 'pass_fail' as const, id: item, label: 'The line is clean' }] },
  ]
  const scoring = { scheme: 'weighted', auditType: 'internal', passPercent: 80 } as const
  audit = await crew.form({ sections, scoring }, 'Self-audit')
  plain = await crew.form({ sections }, 'Line check')
}, 60_000)
afterAll(async () => {
  await close()
  await crew.close()
})

const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10)
const hours = (n: number) => new Date(Date.now() + n * 3_600_000).toISOString()
const listed = (formId: string, late: number) =>
  crew.list(formId, {
    ...{ day: day(0), visibleAt: hours(late - 6), dueAt: hours(late), lateAt: hours(late), missedAt: hours(late + 3) },
  })
const calendar = async (actor = crew.manager, query = '') =>
  (await ask(actor, `GET /audit-calendar?from=${day(-3)}&to=${day(20)}${query}`)).body.items as PlannedAudit[]
const told = (items: readonly PlannedAudit[]) => items.map(({ state, came }) => `${state} ${came?.compliance ?? '–'}`)

test('audits are told with what they came to, missed or still to do; other checklists are not', async () => {
  await listed(plain, 2)
  const done = await listed(audit, 1)
  await listed(audit, 2)
  await listed(audit, -5)
  const given = {
    id: randomUUID(),
    checklistId: done,
    itemId: item,
    value: { kind: 'pass_fail' as const, passes: false },
  }
  expect(await crew.send(crew.cook, does.answer, given, minutesAgo(2))).toBe('applied')
  expect(await crew.send(crew.cook, does.complete, { checklistId: done }, minutesAgo(1))).toBe('applied')
  const items = await calendar()
  expect(told(items).sort()).toEqual(['missed –', 'on_time 0', 'open –'])
  expect(items.find(({ checklistId }) => checklistId === done)).toMatchObject({
    ...{ name: 'Self-audit', day: day(0), came: { scheme: 'weighted', status: 'fail', compliance: 0, found: 1 } },
  })
})

test('what is sent back has come to nothing yet', async () => {
  const [{ id } = { id: '' }] = await crew.rows<{ id: string }>(`select id from checklists where status = 'completed'`)
  await crew.rows(`update checklists set status = 'in_progress', completed_at = null where id = $1`, [id])
  expect(told(await calendar())).not.toContain('on_time 0')
  await crew.rows(`update checklists set status = 'completed', completed_at = now() where id = $1`, [id])
})

test('ahead stands what schedules of audits will ask for, and no other schedule', async () => {
  const head = await hire(crew.database, crew.home, 'Hana', ['checklists.read', 'checklists.manage'], 'all')
  for (const formId of [audit, plain]) {
    const [form] = await crew.rows<{ id: string }>('select template_id as id from checklist_forms where id = $1', [
      formId,
    ])
    const { status } = await ask(head, 'POST /checklist-schedules', {
      ...{ templateId: form?.id, name: 'Every day', target: { locations: [crew.downtown] } },
      timing: { recurrence: { every: 'day' }, slots: [{ by: 'clock', at: '12:00' }], from: '2026-01-01' },
    })
    expect(status).toBe(201)
  }
  const ahead = (await calendar()).filter(({ day: on }) => on >= day(4) && on <= day(10))
  expect(ahead).toHaveLength(7)
  expect(new Set(ahead.map(({ name, state, checklistId }) => `${name} ${state} ${checklistId}`))).toEqual(
    new Set(['Self-audit planned null']),
  )
})

test('only of one’s own places, and of a month and a half at most', async () => {
  expect(await calendar(crew.pilot)).toEqual([])
  expect(await calendar(crew.stranger, `&locationId=${crew.downtown}`)).toEqual([])
  expect(await calendar(crew.manager, `&locationId=${randomUUID()}`)).toEqual([])
  const guest = await hire(crew.database, crew.home, 'Gus', ['tasks.read'], new Set([crew.downtown]))
  expect((await ask(guest, `GET /audit-calendar?from=${day(0)}&to=${day(1)}`)).status).toBe(403)
  const long = await ask(crew.manager, 'GET /audit-calendar?from=2026-01-01&to=2026-06-01')
  expect([long.status, long.body.code]).toEqual([422, 'input.invalid'])
})
