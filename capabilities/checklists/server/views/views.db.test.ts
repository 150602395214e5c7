import { randomUUID } from 'node:crypto'
import type { Actor } from '@opsflow/platform/actor'
import { type Ask, serveForTests } from '@opsflow/platform/server/http/serve.for-tests'
import { hire } from '@opsflow/platform/server/postgres/tenant.for-tests'
import { minutesAgo } from '@opsflow/platform/server/sync/run.for-tests'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { noOutcomes, outcomeAt } from '../../outcome.ts'
import { checklistMutators as does } from '../../sync.ts'
import { type Crew, openCrew } from '../doing/crew.for-tests.ts'
import { checklistViewImplementations, scheduleImplementations } from '../index.ts'
import { lookAfterSchedules } from '../schedules/schedule-watch.ts'

let crew: Crew
let ask: Ask
let close: () => Promise<void>
let formId: string
const [clean, swept] = [randomUUID(), randomUUID()]
const DAY = '2026-05-04' // a Monday
const span = 'from=2026-05-01&to=2026-05-31'

beforeAll(async () => {
  crew = await openCrew()
  ;({ ask, close } = await serveForTests(
    [...checklistViewImplementations(), ...scheduleImplementations()],
    crew.database,
  ))
  const items = [
    { kind: 'pass_fail', id: clean, label: 'The line is clean' },
    { kind: 'pass_fail', id: swept, label: 'The floor is swept' },
  ]
  formId = await crew.form({ sections: [{ id: randomUUID(), title: '', items }] } as never, 'Line check')
}, 60_000)
beforeEach(async () => {
  for (const table of ['checklist_answers', 'checklist_excuses', 'checklists']) await crew.rows(`delete from ${table}`)
})
afterAll(async () => {
  await close()
  await crew.close()
})

const hours = (n: number) => new Date(Date.now() + n * 3_600_000).toISOString()
/** One on that day whose last moment was, or is, so many hours from now, and its end three hours later. */
const listed = (late: number, more: { day?: string } = {}) =>
  crew.list(formId, {
    ...{ day: DAY, visibleAt: hours(late - 6), dueAt: hours(late), lateAt: hours(late), missedAt: hours(late + 3) },
    ...more,
  })
const answer = (checklistId: string, itemId: string, passes: boolean, minutes: number) =>
  crew.send(
    crew.cook,
    does.answer,
    { id: randomUUID(), checklistId, itemId, value: { kind: 'pass_fail', passes } },
    minutesAgo(minutes),
  )
async function done(id: string, minutes: number) {
  for (const item of [clean, swept]) expect(await answer(id, item, true, minutes)).toBe('applied')
  expect(await crew.send(crew.cook, does.complete, { checklistId: id }, minutesAgo(minutes))).toBe('applied')
}
const total = async (query = '', actor: Actor = crew.manager) =>
  (await ask(actor, `GET /checklist-completion?${span}&by=location${query}`)).body.total
const rowsOf = async (query = '', actor: Actor = crew.manager) =>
  (await ask(actor, `GET /checklist-outcomes?${span}${query}`)).body.items

describe('how checklists came out', () => {
  test('each is counted once, by what became of it', async () => {
    await done(await listed(-1), 120)
    await done(await listed(-2), 60)
    await listed(-1)
    await listed(-4)
    const excused = await listed(-5)
    const { status } = await ask(crew.manager, `POST /checklists/${excused}/excuse`, { reason: 'The power was out.' })
    expect(status).toBe(200)
    await listed(2)
    const withdrawn = await listed(2)
    await crew.rows(`update checklists set status = 'withdrawn' where id = $1`, [withdrawn])
    expect(await total()).toEqual({
      ...noOutcomes(),
      on_time: 1,
      done_late: 1,
      late: 1,
      missed: 1,
      excused: 1,
      open: 1,
    })
    expect(await rowsOf('&outcome=excused')).toMatchObject([
      { id: excused, excuse: { reason: 'The power was out.', by: { name: 'Mona' } } },
    ])
  })

  test('what was done in time offline, and arrives after its end, was never missed', async () => {
    const id = await listed(-10)
    await crew.rows(`update checklists set status = 'missed' where id = $1`, [id])
    expect(await total()).toEqual({ ...noOutcomes(), missed: 1 })
    await done(id, 11 * 60)
    expect(await total()).toEqual({ ...noOutcomes(), on_time: 1 })
  })

  test('the database and the screens say the same of every one', async () => {
    for (const late of [-9, -2, -1, 1, 9]) await listed(late)
    await done(await listed(-1), 200)
    await done(await listed(-1), 30)
    const excused = await listed(-5)
    await ask(crew.manager, `POST /checklists/${excused}/excuse`, { reason: 'The power was out.' })
    const rows = await crew.rows<Parameters<typeof outcomeAt>[0] & { id: string }>(
      `select id, status, (select x.reason from checklist_excuses x where x.checklist_id = c.id) as excuse, visible_at as "visibleAt", due_at as "dueAt", late_at as "lateAt", missed_at as "missedAt",
              completed_at as "completedAt" from checklists c`,
    )
    const told = new Map((await rowsOf()).map(({ id, outcome }: { id: string; outcome: string }) => [id, outcome]))
    for (const row of rows) {
      const texts = Object.fromEntries(
        Object.entries(row).map(([key, value]) => [
          key,
          (value as unknown) instanceof Date ? (value as never as Date).toISOString() : value,
        ]),
      ) as typeof row
      expect(told.get(row.id)).toBe(outcomeAt(texts, Date.now()))
    }
    expect(told.size).toBe(8)
  })

  test('over time, by the week’s Monday and the month’s first', async () => {
    await listed(-9, { day: '2026-05-06' })
    await listed(-9, { day: '2026-05-11' })
    const keys = async (by: string) =>
      (await ask(crew.manager, `GET /checklist-completion?${span}&by=${by}`)).body.items.map(
        ({ key }: { key: string }) => key,
      )
    expect(await keys('day')).toEqual(['2026-05-06', '2026-05-11'])
    expect(await keys('week')).toEqual(['2026-05-04', '2026-05-11'])
    expect(await keys('month')).toEqual(['2026-05-01'])
    const byChecklist = await ask(crew.manager, `GET /checklist-completion?${span}&by=checklist`)
    expect(byChecklist.body.items).toEqual([
      { key: expect.any(String), name: 'Line check', counts: { ...noOutcomes(), missed: 2 } },
    ])
  })

  test('every number leads to its checklists', async () => {
    await listed(-9)
    const onTime = await listed(-1)
    await done(onTime, 120)
    expect(await rowsOf('&outcome=on_time')).toEqual([
      expect.objectContaining({ id: onTime, name: 'Line check', completedBy: 'Carl', outcome: 'on_time', day: DAY }),
    ])
    const first = await ask(crew.manager, `GET /checklist-outcomes?${span}&limit=1`)
    const second = await ask(crew.manager, `GET /checklist-outcomes?${span}&limit=1&cursor=${first.body.nextCursor}`)
    expect(new Set([first, second].map(({ body }) => body.items[0].outcome))).toEqual(new Set(['on_time', 'missed']))
    expect(second.body.nextCursor).toBeNull()
  })

  test('which items fail most: in how many, of those that were begun; also where it was put right', async () => {
    const [one, other] = [await listed(-1), await listed(-1)]
    await answer(one, clean, false, 130)
    await done(one, 120)
    await answer(other, clean, false, 100)
    await listed(-9)
    const { body } = await ask(crew.manager, `GET /checklist-failures?${span}`)
    expect(body.items).toEqual([
      expect.objectContaining({ item: 'The line is clean', checklist: 'Line check', failed: 2, of: 2, locations: 1 }),
    ])
    expect((await rowsOf(`&failedItemId=${clean}`)).map(({ id }: { id: string }) => id).sort()).toEqual(
      [one, other].sort(),
    )
    expect(await rowsOf(`&failedItemId=${swept}`)).toEqual([])
  })

  test('as files for a spreadsheet', async () => {
    await done(await listed(-1), 120)
    const file = async (path: string) => (await ask(crew.manager, `GET ${path}?${span}`)).text
    expect(await file('/checklist-outcomes.csv')).toContain('Line check,on_time')
    expect(await file('/checklist-failures.csv')).toContain('checklist,item,failed,of')
    const completed = await ask(crew.manager, `GET /checklist-completion.csv?${span}&by=location`)
    expect(completed.text).toMatch(/,1,0,0,0,0,0,0,1,1\r\n$/)
  })
})

describe('who sees them', () => {
  test('only those of one’s own locations, whatever is asked for', async () => {
    await listed(-9)
    expect(await total('', crew.pilot)).toEqual(noOutcomes())
    expect(await total('', crew.stranger)).toEqual(noOutcomes())
    for (const actor of [crew.pilot, crew.stranger]) {
      for (const query of [`&locationId=${crew.downtown}`, `&locationId=${randomUUID()}`, `&groupId=${randomUUID()}`]) {
        expect(await total(query, actor)).toEqual(noOutcomes())
        expect(await rowsOf(query, actor)).toEqual([])
      }
    }
  })

  test('nobody without the right to read checklists, and nobody of more than 400 days', async () => {
    const guest = await hire(crew.database, crew.home, 'Gus', ['tasks.read'], new Set([crew.downtown]))
    for (const path of [
      'completion',
      'completion.csv',
      'failures',
      'failures.csv',
      'outcomes',
      'outcomes.csv',
      'plan',
    ]) {
      const by = path.startsWith('completion') ? '&by=day' : ''
      expect((await ask(guest, `GET /checklist-${path}?${span}${by}`)).status).toBe(403)
      const long = await ask(crew.manager, `GET /checklist-${path}?from=2020-01-01&to=2026-01-01${by}`)
      expect([long.status, long.body.code]).toEqual([422, 'input.invalid'])
    }
  })

  test('a group of the tree narrows them to what lies below it', async () => {
    await listed(-9)
    const [region] = await crew.rows<{ id: string }>(
      `insert into location_groups (tenant_id, organization_id, name) values ($1, $2, 'East') returning id`,
      [crew.home.tenantId, crew.home.organizationId],
    )
    const [district] = await crew.rows<{ id: string }>(
      `insert into location_groups (tenant_id, organization_id, parent_id, name) values ($1, $2, $3, 'Shore') returning id`,
      [crew.home.tenantId, crew.home.organizationId, region?.id],
    )
    expect(await total(`&groupId=${region?.id}`)).toEqual(noOutcomes())
    await crew.rows('update locations set group_id = $1 where id = $2', [district?.id, crew.downtown])
    expect(await total(`&groupId=${region?.id}`)).toEqual({ ...noOutcomes(), missed: 1 })
  })
})

test('what is planned is what will be made: nothing twice, nothing forgotten', async () => {
  const [template] = await crew.rows<{ id: string }>('select template_id as id from checklist_forms where id = $1', [
    formId,
  ])
  const at = (time: string) => ({ by: 'clock', at: time })
  const head = await hire(crew.database, crew.home, 'Hana', ['checklists.read', 'checklists.manage'], 'all')
  const made = await ask(head, 'POST /checklist-schedules', {
    ...{ templateId: template?.id, name: 'Twice a day', target: { locations: [crew.downtown] } },
    timing: { recurrence: { every: 'day' }, slots: [at('02:00'), at('12:00')], from: '2026-01-01' },
  })
  expect(made.status).toBe(201)
  const today = new Date().toISOString().slice(0, 10)
  const later = (days: number) => new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10)
  const asked = `from=${later(1)}&to=${later(6)}&locationId=${crew.downtown}`
  const tick = (at: number) => lookAfterSchedules({ database: crew.database, relayPool: crew.relay }, at)
  const days = async () => {
    const { body } = await ask(crew.manager, `GET /checklist-plan?${asked}`)
    const there = await ask(crew.manager, `GET /checklist-outcomes?${asked}`)
    const counts: Record<string, number> = {}
    for (const { day, planned } of body.days) counts[day] = planned
    for (const { day } of there.body.items) counts[day] = (counts[day] ?? 0) + 1
    return counts
  }
  const twiceADay = Object.fromEntries([1, 2, 3, 4, 5, 6].map((day) => [later(day), 2]))
  for (const hour of [0, 24, 70]) {
    await tick(Date.now() + hour * 3_600_000)
    expect(await days()).toEqual(twiceADay)
  }
})
