import { randomUUID } from 'node:crypto'
import { digestWith } from '@opsflow/capabilities/people/server'
import { emptyFolder } from '@opsflow/platform/server/files/folder.for-tests'
import { folderStorage } from '@opsflow/platform/server/files/folder-storage'
import { type Ask, serveForTests } from '@opsflow/platform/server/http/serve.for-tests'
import { paperRegister } from '@opsflow/platform/server/paper/register'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Crew, openCrew } from '../doing/crew.for-tests.ts'
import { recordImplementations } from '../index.ts'

let crew: Crew
let ask: Ask
let close: () => Promise<void>
let id: string

beforeAll(async () => {
  crew = await openCrew()
  const { database } = crew
  const papers = paperRegister({ database, digest: digestWith('pepper'), publicUrl: 'https://ops.example.com' })
  const storage = folderStorage(emptyFolder())
  const served = await serveForTests(recordImplementations({ storage, papers }), database)
  ;({ ask, close } = served)
  const clean = randomUUID()
  const items = [{ kind: 'pass_fail' as const, id: clean, label: 'The line is clean' }]
  id = await crew.list(await crew.form({ sections: [{ id: randomUUID(), title: 'Line', items }] }))
  const given = { id: randomUUID(), itemId: clean, value: { kind: 'pass_fail', passes: true } }
  expect((await crew.ask(crew.cook, `POST /checklists/${id}/answers`, given)).status).toBe(201)
})
afterAll(async () => {
  await close()
  await crew.close()
})

test.each([
  ['pdf', 'application/pdf'],
  ['csv', 'text/csv'],
])('a record is fetched as %s by whoever may see the checklist, and is nothing for others', async (as, type) => {
  const mine = await ask(crew.manager, `GET /checklists/${id}/record.${as}?language=es`)
  expect([mine.status, mine.headers.get('content-type')?.split(';')[0]]).toEqual([200, type])
  expect(mine.headers.get('content-disposition')).toBe(`attachment; filename="${id}.${as}"`)
  const elsewhere = await ask(crew.pilot, `GET /checklists/${id}/record.${as}`)
  expect([elsewhere.status, elsewhere.body.code]).toEqual([404, 'not_found'])
  const odd = await ask(crew.manager, `GET /checklists/${id}/record.${as}?language=fr`)
  expect([odd.status, odd.body.errors[0].path]).toEqual([422, 'query.language'])
})

test('a record that was printed is kept by the hash of its bytes, its code only as a digest', async () => {
  const pdf = await ask(crew.manager, `GET /checklists/${id}/record.pdf`)
  const [, code] = /verify#([\w-]{22})/.exec(pdf.text) ?? []
  const kept = await crew.rows(
    `select kind, title, code_hash from papers where subject_id = '${id}' order by id desc limit 1`,
  )
  expect(kept).toEqual([{ kind: 'record', title: expect.any(String), code_hash: digestWith('pepper')(String(code)) }])
})

test('a record names the units that a section asked about, also one that is no more', async () => {
  const [unitId, seal] = [await crew.unit('Walk-in 9'), randomUUID()]
  const items = [{ kind: 'pass_fail' as const, id: seal, label: 'The seal is tight' }]
  const repeat = { per: 'unit' as const, unitKinds: ['walk_in_cooler' as const] }
  const list = await crew.list(
    await crew.form({ sections: [{ id: randomUUID(), title: 'Each cooler', repeat, items }] }),
  )
  const given = { id: randomUUID(), itemId: seal, entryId: unitId, value: { kind: 'pass_fail', passes: true } }
  expect((await crew.ask(crew.cook, `POST /checklists/${list}/answers`, given)).status).toBe(201)
  await crew.rows('update units set retired_at = now() where id = $1', [unitId])
  const { body } = await crew.ask(crew.manager, `GET /checklists/${list}`)
  expect(body.units).toEqual([{ id: unitId, name: 'Walk-in 9' }])
})
