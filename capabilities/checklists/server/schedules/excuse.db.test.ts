import { randomUUID } from 'node:crypto'
import { type Ask, serveForTests } from '@opsflow/platform/server/http/serve.for-tests'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Crew, openCrew } from '../doing/crew.for-tests.ts'
import { scheduleImplementations } from './http.ts'

let crew: Crew
let ask: Ask
let close: () => Promise<void>
let formId: string
const reason = 'The power was out all morning.'
const past = '2020-01-01T12:00:00Z'

beforeAll(async () => {
  crew = await openCrew()
  formId = await crew.form({
    sections: [{ id: randomUUID(), title: 'Line', items: [{ kind: 'pass_fail', id: randomUUID(), label: 'Clean' }] }],
  } as never)
  ;({ ask, close } = await serveForTests(scheduleImplementations(), crew.database))
}, 60_000)
afterAll(async () => {
  await close()
  await crew.close()
})

const missed = () => crew.list(formId, { missedAt: past })
const excuse = (id: string, by = crew.manager) => ask(by, `POST /checklists/${id}/excuse`, { reason })

test('a manager excuses what was missed; who, when and why is shown, and it stays missed', async () => {
  const id = await missed()
  const { status, body } = await excuse(id)
  expect(status).toBe(200)
  expect(body.excuse).toEqual({ by: { id: crew.manager.id, name: 'Mona' }, at: expect.any(String), reason })
  const record = await crew.record(id, crew.cook)
  expect(record.checklist.excuse.reason).toBe(reason)
  const events = await crew.rows('select name from events where subject_id = $1', [id])
  expect(events).toEqual([{ name: 'checklists.excused' }])
})

test('an excuse is taken back, and is on record as taken back', async () => {
  const id = await missed()
  await excuse(id)
  const { status, body } = await ask(crew.manager, `DELETE /checklists/${id}/excuse`)
  expect([status, body.excuse]).toEqual([200, null])
  const twice = await ask(crew.manager, `DELETE /checklists/${id}/excuse`)
  expect([twice.status, twice.body.code]).toEqual([409, 'checklists.not_excused'])
  const { body: all } = await ask(crew.cook, `GET /checklists/${id}/excuses`)
  expect(all.items).toMatchObject([{ reason, takenBackBy: { name: 'Mona' } }])
})

test('a better reason takes the place of the first, which stays in the history', async () => {
  const id = await missed()
  await excuse(id)
  const again = await ask(crew.manager, `POST /checklists/${id}/excuse`, { reason: 'The whole street had no power.' })
  expect(again.body.excuse.reason).toBe('The whole street had no power.')
  expect((await ask(crew.manager, `GET /checklists/${id}/excuses`)).body.items).toHaveLength(2)
})

test('what is still to be done, or was done, is not excused', async () => {
  const open = await excuse(await crew.list(formId, { missedAt: '2099-01-01T00:00:00Z' }))
  expect([open.status, open.body.code]).toEqual([409, 'checklists.not_missed'])
  const byHand = await excuse(await crew.list(formId))
  expect(byHand.status).toBe(409)
})

test('devices hear of it as a change of the checklist', async () => {
  const id = await missed()
  const version = async () =>
    (await crew.rows<{ version: string }>('select version from sync_changes where entity_id = $1', [id]))[0]?.version
  const before = await version()
  await excuse(id)
  expect(Number(await version())).toBeGreaterThan(Number(before))
})

test('a cook may not; for a manager elsewhere and another tenant it does not exist', async () => {
  const id = await missed()
  expect((await excuse(id, crew.cook)).status).toBe(403)
  for (const other of [crew.pilot, crew.stranger]) {
    expect((await excuse(id, other)).status).toBe(404)
    expect((await ask(other, `DELETE /checklists/${id}/excuse`)).status).toBe(404)
    expect((await ask(other, `GET /checklists/${id}/excuses`)).status).toBe(404)
  }
  const unread = await ask(crew.manager, `POST /checklists/${id}/excuse`, { reason: ' ' })
  expect([unread.status, unread.body.errors[0].path]).toEqual([422, 'body.reason'])
})
