import { randomUUID } from 'node:crypto'
import type { Actor } from '@opsflow/platform/actor'
import { type Ask, serveForTests } from '@opsflow/platform/server/http/serve.for-tests'
import { type TestDatabase, testDatabase } from '@opsflow/platform/server/postgres/for-tests'
import { foundTenant, hire, type TestTenant } from '@opsflow/platform/server/postgres/tenant.for-tests'
import { type Database, openDatabase, openPool } from '@opsflow/platform/server/tenant'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checklistsPermissions } from '../../permissions.ts'
import { formFor, formsFor, readForms, templateImplementations } from '../index.ts'

let testDb: TestDatabase
let database: Database
let home: TestTenant
let downtown: string
let airport: string
let head: Actor
let manager: Actor
let cook: Actor
let stranger: Actor
let rows: ReturnType<typeof openPool>
let ask: Ask
let close: () => Promise<void>
const everything = Object.keys(checklistsPermissions)

beforeAll(async () => {
  testDb = await testDatabase()
  database = openDatabase({ url: testDb.urls.app, contextKey: testDb.contextKey, poolSize: 8, prepared: true })
  rows = openPool(testDb.admin, 2)
  home = await foundTenant(database, 'Home')
  ;[downtown, airport] = home.locations
  head = await hire(database, home, 'Hana', everything, 'all')
  manager = await hire(database, home, 'Mona', everything, new Set([downtown]))
  cook = await hire(database, home, 'Carl', ['checklists.read', 'checklists.do'], new Set([downtown]))
  stranger = await hire(database, await foundTenant(database, 'Away'), 'Fay', everything, 'all')
  ;({ ask, close } = await serveForTests(templateImplementations(), database))
})
afterAll(async () => {
  await close()
  await Promise.all([database.close(), rows.end()])
  await testDb.drop()
})

const [sectionId, clean, ppm] = [randomUUID(), randomUUID(), randomUUID()]
const content = (label = 'The line is clean') => ({
  sections: [
    {
      id: sectionId,
      title: 'Line',
      items: [
        { kind: 'pass_fail', id: clean, label },
        { kind: 'number', id: ppm, label: 'Sanitiser', min: 200, max: 400, local: ['limit'] },
      ],
    },
  ],
})
let made = 0
async function template(by: Actor = head, more: object = {}) {
  const name = `Opening ${++made}`
  const { status, body } = await ask(by, 'POST /checklist-templates', { name, draft: content(), ...more })
  expect([status, body.code]).toEqual([201, undefined])
  return body as { id: string; name: string; revision: number }
}
const save = (by: Actor, { id, revision }: { id: string; revision: number }, change: object) =>
  ask(by, `PATCH /checklist-templates/${id}`, { revision, ...change })
const publish = (by: Actor, { id, revision }: { id: string; revision: number }, note = '') =>
  ask(by, `POST /checklist-templates/${id}/publications`, { revision, note })
async function published(by: Actor = head) {
  const { body } = await publish(by, await template(by))
  return body as { id: string; revision: number; publishedVersion: number }
}

/** A checklist as the generator makes one. */
async function occurrence(formId: string, locationId: string, status = 'open') {
  const { rows: stored } = await rows.query(
    `insert into checklists (tenant_id, location_id, form_id, day, visible_at, status)
     values ($1, $2, $3, current_date, now(), $4) returning id`,
    [home.tenantId, locationId, formId, status],
  )
  return stored[0].id as string
}
const formOf = async (id: string) =>
  (await rows.query('select form_id from checklists where id = $1', [id])).rows[0].form_id as string

describe('a template', () => {
  test('is made as a draft, saved, and read as it was saved', async () => {
    const first = await template()
    expect(first).toMatchObject({ revision: 1, publishedVersion: null, isChanged: true, isMine: true })
    const saved = await save(head, first, { draft: content('Clean?'), category: 'opening' })
    expect(saved.body).toMatchObject({ revision: 2, category: 'opening' })
    const { body } = await ask(cook, `GET /checklist-templates/${first.id}`)
    expect(body).toMatchObject({ isMine: false, draft: { sections: [{ items: [{ label: 'Clean?' }, {}] }] } })
  })

  test('begins with one empty section, and is not published before it asks something', async () => {
    const { body } = await ask(head, 'POST /checklist-templates', { name: 'Empty' })
    expect(body.draft.sections).toMatchObject([{ title: '', items: [] }])
    const refused = await publish(head, body)
    expect([refused.status, refused.body.code]).toEqual([422, 'checklists.template_incomplete'])
    expect(refused.body.errors).toMatchObject([{ path: 'draft.sections', code: 'nothing_asked' }])
  })

  test('is saved with a condition that looks down, and not published so', async () => {
    const broken = content()
    Object.assign(broken.sections[0]?.items[0] ?? {}, { showIf: { of: [{ itemId: ppm, is: 'failing' }] } })
    const saved = await save(head, await template(), { draft: broken })
    expect(saved.status).toBe(200)
    const refused = await publish(head, saved.body)
    expect(refused.body.errors).toMatchObject([
      { path: 'draft.sections[0].items[0].showIf.of[0].itemId', code: 'not_above' },
    ])
  })

  test('of two who edit the same revision, the second is told', async () => {
    const first = await template()
    const [one, other] = await Promise.all([
      save(head, first, { draft: content('One') }),
      save(head, first, { draft: content('Other') }),
    ])
    expect([one.status, other.status].sort()).toEqual([200, 409])
    expect([one, other].find(({ status }) => status === 409)?.body.code).toBe('checklists.template_changed_meanwhile')
  })

  test('has a name of its own among those in use', async () => {
    const first = await template()
    const taken = await ask(head, 'POST /checklist-templates', { name: first.name })
    expect([taken.status, taken.body.code]).toEqual([409, 'checklists.template_name_taken'])
    await save(head, first, { archived: true })
    expect((await ask(head, 'POST /checklist-templates', { name: first.name })).status).toBe(201)
  })

  test('is changed by who made it and by head office, read by all, and copied by every manager', async () => {
    const heads = await template(head)
    for (const attempt of [save(manager, heads, { name: 'Mine' }), publish(manager, heads)]) {
      const { status, body } = await attempt
      expect([status, body.code]).toEqual([403, 'checklists.template_not_yours'])
    }
    const copy = await ask(manager, `POST /checklist-templates/${heads.id}/copies`, { name: `Mine ${heads.name}` })
    expect(copy.body).toMatchObject({ isMine: true, revision: 1 })
    expect(JSON.stringify(copy.body.draft)).not.toContain(clean)
    expect((await publish(manager, copy.body)).status).toBe(200)
    expect((await save(head, { ...copy.body, revision: 2 }, { name: `Ours ${heads.name}` })).status).toBe(200)
  })

  test('is nobody else’s: another customer meets nothing, whoever only does checklists changes nothing', async () => {
    const own = await published()
    const version = (await ask(head, `GET /checklist-templates/${own.id}/versions`)).body.items[0]
    const reads = [
      '',
      '/versions',
      '/publication-preview',
      '/comparison?from=1',
      `/local-changes?locationId=${downtown}`,
    ]
    for (const path of reads)
      expect((await ask(stranger, `GET /checklist-templates/${own.id}${path}`)).status).toBe(404)
    expect((await ask(stranger, `GET /checklist-versions/${version.id}`)).status).toBe(404)
    const changes: [string, object][] = [
      [`PATCH /checklist-templates/${own.id}`, { revision: own.revision, name: 'Theirs' }],
      [`POST /checklist-templates/${own.id}/copies`, { name: 'Copy' }],
      [`POST /checklist-templates/${own.id}/publications`, { revision: own.revision }],
      [`POST /checklist-templates/${own.id}/roll-backs`, { revision: own.revision, version: 1 }],
      [`PUT /checklist-templates/${own.id}/local-changes`, { locationId: downtown, revision: 0, changes: {} }],
    ]
    for (const [route, body] of changes) {
      expect((await ask(stranger, route, body)).status).toBe(404)
      expect((await ask(cook, route, body)).status).toBe(403)
    }
    expect((await ask(cook, 'POST /checklist-templates', { name: 'Cook’s' })).status).toBe(403)
    expect((await ask(stranger, 'GET /checklist-templates')).body.items).toEqual([])
  })

  test('is put away only when no schedule asks for it, and brought back', async () => {
    const own = await published()
    const schedule = await rows.query(
      `insert into checklist_schedules (tenant_id, organization_id, template_id, name, timing, target)
       values ($1, $2, $3, 'Daily', '{}', '{}') returning id`,
      [home.tenantId, home.organizationId, own.id],
    )
    const refused = await save(head, own, { archived: true })
    expect([refused.status, refused.body.code]).toEqual([409, 'checklists.template_in_use'])
    await rows.query('update checklist_schedules set ended_at = now() where id = $1', [schedule.rows[0].id])
    const archived = await save(head, own, { archived: true })
    expect(archived.body.archivedAt).not.toBeNull()
    expect(await database.write(head, (tx) => formFor(tx, downtown, own.id))).toBeUndefined()
    expect((await save(head, archived.body, { name: 'No' })).body.code).toBe('checklists.template_archived')
    const listed = (await ask(head, 'GET /checklist-templates?state=archived')).body.items
    expect(listed.map(({ id }: { id: string }) => id)).toContain(own.id)
    expect((await save(head, archived.body, { archived: false })).body.archivedAt).toBeNull()
  })

  test('is listed by name, page by page', async () => {
    const all: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const path: string = `GET /checklist-templates?limit=3${cursor && `&cursor=${cursor}`}`
      const { body } = await ask(head, path)
      all.push(...body.items.map(({ id }: { id: string }) => id))
      cursor = body.nextCursor
    }
    const { body } = await ask(head, 'GET /checklist-templates?limit=200')
    expect(all).toEqual(body.items.map(({ id }: { id: string }) => id))
    expect(all.length).toBeGreaterThan(3)
    expect(body.items[0]).toMatchObject({ items: expect.any(Number) })
  })
})

describe('a spreadsheet', () => {
  const csv = { 'content-type': 'text/csv' }
  const send = (by: Actor, text: string) => ask(by, 'POST /checklist-template-imports', text, csv)

  test('is read into a draft that can be made and published, and stores nothing by itself', async () => {
    const before = (await ask(head, 'GET /checklist-templates?limit=200')).body.items.length
    const { body } = await send(
      manager,
      'section;question;kind;min;max\nLine;Sanitiser;number;200;400\n;Clean?;yes/no;;\n',
    )
    expect(body).toMatchObject({ refused: 0, draft: { sections: [{ title: 'Line', items: [{ min: 200 }, {}] }] } })
    expect((await ask(head, 'GET /checklist-templates?limit=200')).body.items).toHaveLength(before)
    const made = await ask(manager, 'POST /checklist-templates', { name: 'From a file', draft: body.draft })
    expect((await publish(manager, made.body)).status).toBe(200)
  })

  test('says which rows are wrong, and is refused where nothing is asked', async () => {
    const { body } = await send(head, 'question,kind\n,number\nFine,riddle\n')
    expect([body.refused, body.draft]).toEqual([2, null])
    expect((await send(head, 'colour,shape\nred,round\n')).body.code).toBe('checklists.columns_wrong')
    expect((await send(cook, 'question\nFine\n')).status).toBe(403)
  })
})

describe('publishing', () => {
  test('freezes a version with its note and who did it; the same again is refused', async () => {
    const { body } = await publish(head, await template(), 'For the new menu')
    expect(body).toMatchObject({ publishedVersion: 1, isChanged: false })
    const { items } = (await ask(cook, `GET /checklist-templates/${body.id}/versions`)).body
    expect(items).toMatchObject([{ version: 1, note: 'For the new menu', publishedBy: { name: 'Hana' }, items: 2 }])
    expect((await publish(head, body)).body.code).toBe('checklists.template_not_changed')
  })

  test('saving what is in use again is no change, whatever the order of its fields', async () => {
    const own = await published()
    const other = await save(head, own, { draft: content('Other') })
    expect(other.body.isChanged).toBe(true)
    const [section] = content().sections
    const turned = { sections: [{ items: section?.items, title: section?.title, id: section?.id }] }
    expect((await save(head, other.body, { draft: turned })).body.isChanged).toBe(false)
  })

  test('reaches at once what nobody has begun, and leaves what was begun on its version', async () => {
    const own = await published()
    const first = await database.write(head, (tx) => formFor(tx, downtown, own.id))
    const waiting = await occurrence(first?.id ?? '', downtown)
    const begun = await occurrence(first?.id ?? '', downtown, 'in_progress')
    const saved = await save(head, own, { draft: content('Is the line clean?') })

    const preview = await ask(head, `GET /checklist-templates/${own.id}/publication-preview`)
    expect(preview.body).toMatchObject({
      nextVersion: 2,
      locations: [{ id: downtown, waiting: 1, begun: 1, hasLocalChanges: false }],
      differences: [{ what: 'item', id: clean, outcome: 'changed', fields: [{ field: 'label' }] }],
      problems: [],
    })

    await publish(head, saved.body)
    expect(await formOf(begun)).toBe(first?.id)
    const [now] = await database.read(head, async (tx) => readForms(tx, [await formOf(waiting)]))
    expect(now).toMatchObject({ version: 2, content: { sections: [{ items: [{ label: 'Is the line clean?' }, {}] }] } })
  })

  test('of an older version makes the next one, and takes the draft along unless someone works on it', async () => {
    const own = await published()
    const second = await publish(head, (await save(head, own, { draft: content('Worse') })).body)
    const back = await ask(head, `POST /checklist-templates/${own.id}/roll-backs`, {
      revision: second.body.revision,
      version: 1,
      note: 'Worse was worse',
    })
    expect(back.body).toMatchObject({
      publishedVersion: 3,
      isChanged: false,
      draft: { sections: [{ items: [{ label: 'The line is clean' }, {}] }] },
    })
    const working = await save(head, back.body, { draft: content('Half way') })
    const again = await ask(head, `POST /checklist-templates/${own.id}/roll-backs`, {
      revision: working.body.revision,
      version: 2,
    })
    expect(again.body).toMatchObject({
      publishedVersion: 4,
      isChanged: true,
      draft: { sections: [{ items: [{ label: 'Half way' }, {}] }] },
    })
    const { body } = await ask(head, `GET /checklist-templates/${own.id}/comparison?from=3&to=4`)
    expect(body.differences).toMatchObject([{ id: clean, fields: [{ before: 'The line is clean', after: 'Worse' }] }])
    const unknown = await ask(head, `GET /checklist-templates/${own.id}/comparison?from=9`)
    expect([unknown.status, unknown.body.code]).toEqual([404, 'checklists.version_unknown'])
    const whole = (await ask(head, `GET /checklist-templates/${own.id}/versions?limit=1`)).body
    expect(whole.items[0].version).toBe(4)
    expect((await ask(cook, `GET /checklist-versions/${whole.items[0].id}`)).body.content.sections).toHaveLength(1)
  })
})

describe('a form', () => {
  test('is one for each location and version, however many ask for it at once', async () => {
    const own = await published()
    const asked = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        database.write(head, (tx) => formFor(tx, n % 2 ? downtown : airport, own.id)),
      ),
    )
    expect(new Set(asked.map((form) => form?.id)).size).toBe(2)
    const many = await database.write(head, (tx) =>
      formsFor(tx, [
        { locationId: downtown, templateId: own.id },
        { locationId: downtown, templateId: own.id },
        { locationId: airport, templateId: own.id },
        { locationId: airport, templateId: randomUUID() },
      ]),
    )
    expect(new Set(many.map(({ id }) => id))).toEqual(new Set(asked.map((form) => form?.id)))
  })

  test('a template that was never published has none', async () => {
    const own = await template()
    expect(await database.write(head, (tx) => formFor(tx, downtown, own.id))).toBeUndefined()
  })

  test('holds what its location says differently, from the moment it does', async () => {
    const own = await published()
    const before = await database.write(head, (tx) => formFor(tx, downtown, own.id))
    const waiting = await occurrence(before?.id ?? '', downtown)
    const change = (by: Actor, changes: object, revision = 0, locationId = downtown) =>
      ask(by, `PUT /checklist-templates/${own.id}/local-changes`, { locationId, revision, changes })

    const closed = await change(manager, { [clean]: { label: 'Shiny' }, [randomUUID()]: { hidden: true } })
    expect([closed.status, closed.body.code]).toEqual([422, 'checklists.not_open_to_change'])
    expect(closed.body.errors).toHaveLength(2)
    expect((await change(manager, { [ppm]: { min: 150 } }, 0, airport)).status).toBe(404)

    expect((await change(manager, { [ppm]: { min: 150 } })).body).toMatchObject({
      revision: 1,
      changedBy: { name: 'Mona' },
    })
    expect((await change(head, { [ppm]: { min: 100 } })).body.code).toBe('checklists.local_changed_meanwhile')
    const read = await ask(cook, `GET /checklist-templates/${own.id}/local-changes?locationId=${downtown}`)
    expect(read.body.changes).toEqual({ [ppm]: { min: 150 } })

    const [held] = await database.read(head, async (tx) => readForms(tx, [await formOf(waiting)]))
    expect(held?.content.sections[0]?.items[1]).toMatchObject({ min: 150, max: 400 })
    const elsewhere = await database.write(head, (tx) => formFor(tx, airport, own.id))
    expect(elsewhere?.content.sections[0]?.items[1]).toMatchObject({ min: 200 })
    expect((await form(before?.id))?.content.sections[0]?.items[1]).toMatchObject({ min: 200 })
  })

  test('nobody’s list changes before something is published', async () => {
    const draft = await template()
    const refused = await ask(head, `PUT /checklist-templates/${draft.id}/local-changes`, {
      locationId: downtown,
      revision: 0,
      changes: {},
    })
    expect([refused.status, refused.body.code]).toEqual([409, 'checklists.template_not_published'])
  })
})

const form = async (id = '') => (await database.read(head, (tx) => readForms(tx, [id])))[0]
