import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { auditImportRunner, resumeAuditImports } from './index.ts'
import { type Office, openOffice } from './office.for-tests.ts'
import { forgetAuditImports, workOn } from './run-import.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())

const octets = { 'content-type': 'application/octet-stream' }
const upload = (content: string | Uint8Array, actor = office.chief, name = 'city.csv') =>
  office.ask(actor, `POST /audit-imports?fileName=${name}`, content, octets)
const look = async (content: string | Uint8Array, actor = office.chief) => {
  const { status, body } = await upload(content, actor)
  if (status !== 201) throw new Error(JSON.stringify(body))
  await office.runner.idle()
  return (await office.ask(actor, `GET /audit-imports/${body.id}`)).body
}
const placesOf = async (id: string, query = '') =>
  (await office.ask(office.chief, `GET /audit-imports/${id}/places?limit=200${query}`)).body
const say = (id: string, items: { placeId: string; locationId: string | null }[], actor = office.chief) =>
  office.ask(actor, `PUT /audit-imports/${id}/places`, { items })
const run = async (id: string, makeTemplates = false, actor = office.chief) => {
  const begun = await office.ask(actor, `POST /audit-imports/${id}/runs`, { makeTemplates })
  if (begun.status !== 202) return begun.body
  await office.runner.idle()
  return (await office.ask(actor, `GET /audit-imports/${id}`)).body
}
/** Every place of the file is Downtown. */
const runAll = async (content: string | Uint8Array) => {
  const one = await look(content)
  const { items } = await placesOf(one.id)
  for (let at = 0; at < items.length; at += 200) {
    const some = items
      .slice(at, at + 200)
      .map(({ id }: { id: string }) => ({ placeId: id, locationId: office.downtown }))
    await say(one.id, some)
  }
  return run(one.id)
}

let made = 0
const HEADER = 'Inspection ID,DBA Name,License #,Address,Inspection Date,Inspection Type,Results,Violations'
const chicago = (rows: number, more: (id: number) => string = () => 'Pass,3. SOAP, NONE') =>
  `${HEADER}\n${Array.from({ length: rows }, () => {
    const id = ++made
    const [result, ...violations] = more(id).split(',')
    return `${id},"JOE ""S"", No ${id % 3}",${100 + (id % 3)},${id % 3} W MAIN ST,01/02/2026,Canvass,${result},"${violations.join(',')}"`
  }).join('\n')}\n`

describe('a file', () => {
  test('is looked through before anything is imported, and says what it is', async () => {
    const one = await look(chicago(4))
    expect(one).toMatchObject({
      ...{ state: 'previewed', kind: 'inspections', encoding: 'utf-8', rows: { total: 4, done: 0, refused: 0 } },
      look: { mapping: { source: 'chicago', dateFormat: 'month_first' }, missing: [], doubts: [], places: 3 },
    })
    expect(one.sha256).toMatch(/^[0-9a-f]{64}$/)
    expect(one.look.rows[0].given).toMatchObject({
      name: 'Canvass',
      auditDate: '2026-01-02',
      result: 'Pass',
      findings: 1,
    })
    expect((await office.ask(office.chief, `GET /imported-audits?importId=${one.id}`)).body.items).toEqual([])
    await office.ask(office.chief, `POST /audit-imports/${one.id}/cancellations`)
  })

  test('is imported for the places somebody said are ours, and for no others', async () => {
    const one = await look(chicago(30))
    const { items, counts } = await placesOf(one.id)
    expect([items.length, counts.placed]).toEqual([3, 0])
    expect((await run(one.id)).code).toBe('imports.nothing_to_do')
    expect((await say(one.id, [{ placeId: items[0].id, locationId: office.downtown }])).body.items).toMatchObject([
      { locationId: office.downtown },
    ])
    expect(await run(one.id)).toMatchObject({
      state: 'done',
      rows: { done: 30, accepted: 10, unplaced: 20, duplicate: 0 },
    })
    const list = (await office.ask(office.cook, `GET /imported-audits?importId=${one.id}`)).body.items
    expect(list).toHaveLength(10)
    expect(list[0]).toMatchObject({
      ...{
        source: 'chicago',
        auditType: 'health_inspection',
        result: 'Pass',
        locationId: office.downtown,
        findingCount: 1,
      },
      ...{
        importedBy: { name: 'Cleo' },
        file: { name: 'city.csv', sha256: one.sha256 },
        computed: { disagrees: false },
      },
    })
    const whole = (await office.ask(office.cook, `GET /imported-audits/${list[0].id}`)).body
    expect(whole.findings).toEqual([{ code: '3', text: '3. SOAP, NONE', isCritical: null }])
    expect(whole.columns).toMatchObject({ Results: 'Pass', Address: expect.stringContaining('MAIN') })
    expect(await office.rows('select id from audit_import_chunks where import_id = $1', [one.id])).toEqual([])
  })

  test('that comes again changes nothing, and its places are remembered', async () => {
    const content = chicago(9)
    expect(await runAll(content)).toMatchObject({ rows: { accepted: 9 } })
    const again = await look(content)
    expect((await placesOf(again.id)).counts).toMatchObject({ placed: 3, rowsPlaced: 9 })
    const before = await office.rows('select count(*)::int from imported_findings')
    expect(await run(again.id)).toMatchObject({ state: 'done', rows: { accepted: 0, duplicate: 9, differing: 0 } })
    expect(await run(again.id)).toMatchObject({ state: 'done', rows: { done: 9 } })
    expect(await office.rows('select count(*)::int from imported_findings')).toEqual(before)
  })

  test('that tells a known inspection otherwise changes nothing and says so', async () => {
    const content = chicago(2)
    await runAll(content)
    const done = await runAll(content.replaceAll('Pass,', 'Fail,'))
    expect(done).toMatchObject({ rows: { accepted: 0, differing: 2 } })
    const { body } = await office.ask(office.chief, `GET /audit-imports/${done.id}/errors`)
    expect(body.items.map(({ row, code }: { row: number; code: string }) => [row, code])).toEqual([
      [1, 'differs'],
      [2, 'differs'],
    ])
  })

  test('of New York City is one inspection in several rows, wherever they stand', async () => {
    const header =
      'CAMIS,DBA,INSPECTION DATE,INSPECTION TYPE,VIOLATION CODE,VIOLATION DESCRIPTION,CRITICAL FLAG,SCORE,GRADE'
    const row = (camis: number, code: string, score = 4, grade = 'C') =>
      `${camis},"ANN, INC",11/20/2025,Cycle,${code},Text ${code},Critical,${score},${grade}`
    const content = [header, row(5001, '02B'), row(5002, '04L', 12, 'A'), row(5001, '04L'), row(5001, '02B')].join('\n')
    expect(await runAll(content)).toMatchObject({
      ...{ rows: { done: 4, accepted: 3, duplicate: 1 }, look: { disagreeing: 3 } },
    })
    const { items } = (await office.ask(office.chief, 'GET /imported-audits?source=nyc&disagrees=true')).body
    expect(items).toMatchObject([{ score: 4, grade: 'C', computed: { grade: 'A', disagrees: true }, findingCount: 2 }])
  })

  test('that contradicts itself is told: the first row of an inspection stands', async () => {
    const header = 'CAMIS,DBA,INSPECTION DATE,INSPECTION TYPE,VIOLATION CODE,VIOLATION DESCRIPTION,SCORE,GRADE'
    const row = (code: string, grade: string) => `7001,ANN,11/20/2025,Cycle,${code},Text ${code},4,${grade}`
    const done = await runAll([header, row('02B', 'A'), row('04L', 'B')].join('\n'))
    expect(done).toMatchObject({ rows: { accepted: 1, differing: 1 } })
    const [audit] = (await office.ask(office.chief, `GET /imported-audits?importId=${done.id}`)).body.items
    expect(audit).toMatchObject({ grade: 'A', findingCount: 1 })
  })

  test('keeps what is refused of it, as it was, with why, and nothing in it is run by a spreadsheet', async () => {
    const bad = '7,=HYPERLINK("x"),1,,soon,Canvass,Pass,\n8,,0,,01/02/2026,Canvass,Pass,\n'
    const one = await look(`${chicago(1)}${bad.replace('=HYPERLINK("x")', '"=HYPERLINK(""x"")"')}`)
    expect(one).toMatchObject({ rows: { total: 3, refused: 2 }, look: { refused: 2 } })
    const { items, nextCursor } = (await office.ask(office.chief, `GET /audit-imports/${one.id}/errors?limit=1`)).body
    expect(items).toMatchObject([{ row: 2, column: 'Inspection Date', code: 'date_unreadable' }])
    const rest = await office.ask(office.chief, `GET /audit-imports/${one.id}/errors?cursor=${nextCursor}`)
    expect(rest.body.items).toMatchObject([{ row: 3, code: 'place_missing' }])
    const { text } = await office.ask(office.chief, `GET /audit-imports/${one.id}/refused.csv`)
    expect(text).toContain('"\'=HYPERLINK(""x"")"')
    expect(text).toContain('2,Inspection Date: Not a day')
    const mended = text.replace(',soon,', ',01/03/2026,')
    const again = await look(mended)
    expect(again.look.rows[0].given).toMatchObject({ place: '=HYPERLINK("x")', auditDate: '2026-01-03' })
    for (const { id } of [one, again]) await office.ask(office.chief, `POST /audit-imports/${id}/cancellations`)
  })

  test.each([
    [
      'windows-1252',
      Buffer.from(`${HEADER}\n1,Caf\xe9 M\xfcller,4,,01/02/2026,C,Pass,\n`, 'latin1'),
      ['encoding_guessed'],
    ],
    [
      'utf-16le',
      Buffer.concat([
        Buffer.from([0xff, 0xfe]),
        Buffer.from(`${HEADER}\n1,Café Müller,4,,01/02/2026,C,Pass,\n`, 'utf16le'),
      ]),
      [],
    ],
    ['utf-8', Buffer.from(`\uFEFF${HEADER}\r\n1,"Café\nMüller",4,,01/02/2026,C,Pass,\r\n`), []],
  ])('in %s is read, and a guess is said to be one', async (encoding, content, doubts) => {
    const one = await look(content)
    expect(one).toMatchObject({
      encoding,
      look: { doubts, rows: [{ given: { place: expect.stringMatching(/^Café\s+?Müller$/) } }] },
    })
    const otherwise = { encoding: 'windows-1252', mapping: null }
    const anew = await office.ask(office.chief, `PUT /audit-imports/${one.id}/reading`, otherwise)
    expect(anew.body).toMatchObject({ state: 'reading', look: null })
    await office.runner.idle()
    expect((await office.ask(office.chief, `GET /audit-imports/${one.id}`)).body).toMatchObject({ state: 'previewed' })
    await office.ask(office.chief, `POST /audit-imports/${one.id}/cancellations`)
  })

  test('with columns nobody can guess is read as somebody says', async () => {
    const one = await look('what,when,where\nfine,3/4/2025,Cellar\n')
    expect(one.look).toMatchObject({ missing: ['date', 'place'], refused: 1 })
    expect((await run(one.id)).code).toBe('imports.columns_missing')
    const columns = Object.fromEntries(Object.keys(one.look.mapping.columns).map((field) => [field, null]))
    const mapping = {
      source: 'inspections',
      dateFormat: 'day_first',
      columns: { ...columns, result: 0, date: 1, name: 2 },
      address: [],
    }
    const beyond = { ...mapping, address: [3] }
    const put = (said: unknown) =>
      office.ask(office.chief, `PUT /audit-imports/${one.id}/reading`, { encoding: 'utf-8', mapping: said })
    expect((await put(beyond)).body.code).toBe('imports.column_missing')
    expect((await put(mapping)).status).toBe(200)
    await office.runner.idle()
    const read = (await office.ask(office.chief, `GET /audit-imports/${one.id}`)).body
    expect(read.look).toMatchObject({
      missing: [],
      refused: 0,
      rows: [{ given: { place: 'Cellar', auditDate: '2025-04-03' } }],
    })
    await office.ask(office.chief, `POST /audit-imports/${one.id}/cancellations`)
  })

  test.each([
    ['empty', '', 422, 'imports.file_empty'],
    ['only spaces', '  \n ', 422, 'imports.file_empty'],
    [
      'a picture',
      '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
      422,
      'imports.file_unknown',
    ],
    ['a PDF', '%PDF-1.7\n1 0 obj\n<<>>\n', 422, 'imports.file_unknown'],
    ['a workbook', 'PK\u0003\u0004\u0014\u0000\u0006\u0000[Content_Types].xml', 422, 'imports.file_unknown'],
    ['bytes of nothing known', new Uint8Array([0x41, 0x2c, 0, 0x42]), 422, 'imports.file_unknown'],
  ])('that is %s is refused, and nothing of it is kept', async (_, content, status, code) => {
    const told = await upload(content)
    expect([told.status, told.body.code]).toEqual([status, code])
    expect(await office.rows('select n from audit_import_chunks')).toEqual([])
  })

  test.each([
    ['lists in lists without end', '['.repeat(200_000), 'json_too_deep'],
    ['a JSON of something else', '{"a":1}', 'json_unknown'],
    ['cut off within a JSON', '{"template_id":"t","template_', 'json_unreadable'],
    ['cut off within a quote', `${HEADER}\n1,"JOE`, 'file_not_csv'],
    ['one row without end', `${HEADER}\n1,"${'x'.repeat(300_000)}"\n`, 'file_not_csv'],
    ['only a header', `${HEADER}\n`, 'file_empty'],
    ['far too wide', `${'a,'.repeat(400)}\n${'1,'.repeat(400)}\n`, 'too_many_columns'],
  ])('that is %s fails with a name, and is let go', async (_, content, failure) => {
    const one = await look(content)
    expect([one.state, one.failure]).toEqual(['failed', failure])
    expect(await office.rows('select n from audit_import_chunks')).toEqual([])
  })
})

describe('an export of SafetyCulture', () => {
  const real = readFileSync(join(import.meta.dirname, '../fixtures/safetyculture-audit.json'), 'utf8')

  test('becomes a draft and an imported audit, whose own score stands beside ours', async () => {
    const one = await look(real)
    expect(one).toMatchObject({
      ...{ kind: 'safetyculture', state: 'previewed', rows: { total: 1, refused: 0 } },
      look: {
        templates: [
          {
            name: 'Property Inspection',
            sections: 8,
            items: 32,
            canBeMade: true,
            templateId: null,
            leftOut: [{ code: 'kind_changed', label: 'Location' }],
          },
        ],
        leftOut: [{ row: 1, code: 'not_completed' }],
      },
    })
    const [place] = (await placesOf(one.id)).items
    await say(one.id, [{ placeId: place.id, locationId: office.airport }])
    expect(await run(one.id, true)).toMatchObject({ state: 'done', rows: { accepted: 1 } })
    const [audit] = (await office.ask(office.pilot, 'GET /imported-audits?source=safetyculture')).body.items
    expect(audit).toMatchObject({
      ...{ name: 'Property Inspection', auditType: 'internal', statedBy: 'Chris Barrington', auditDate: '2020-02-12' },
      ...{ score: 1, max: 14, percent: 7.143, result: 'not completed' },
      computed: { points: 1, max: 14, percent: 7.143, disagrees: false },
    })
    expect((await office.ask(office.pilot, `GET /imported-audits/${audit.id}`)).body.answers).toHaveLength(28)
    const templates = () =>
      office.rows<{ name: string; published_version: null }>(
        `select t.name, t.published_version from checklist_templates t join imported_templates i on i.template_id = t.id`,
      )
    expect(await templates()).toEqual([{ name: 'Property Inspection', published_version: null }])
    const again = await look(real)
    expect(again.look.templates[0].templateId).toMatch(/-/)
    expect(await run(again.id, true)).toMatchObject({ rows: { accepted: 0, duplicate: 1 } })
    expect(await templates()).toHaveLength(1)
  })

  test('of 2,000 items is no template, and its audit is imported all the same', async () => {
    const items = Array.from({ length: 2000 }, (_, n) => ({ item_id: `q${n}`, type: 'text', label: `Q${n}` }))
    const audit_data = { date_completed: '2026-01-02T00:00:00Z', site: { id: 's', name: 'Site' } }
    const one = await look(JSON.stringify({ template_id: 'many', audit_id: 'm', template_data: {}, items, audit_data }))
    expect(one.look.templates).toMatchObject([{ canBeMade: false, leftOut: [{ code: 'too_large' }] }])
    const [place] = (await placesOf(one.id)).items
    await say(one.id, [{ placeId: place.id, locationId: office.airport }])
    expect(await run(one.id, true)).toMatchObject({ state: 'done', rows: { accepted: 1 } })
  })

  test('whose one audit cannot be read is told by its row', async () => {
    const one = await look(JSON.stringify([JSON.parse(real), { template_id: 't' }]))
    expect(one).toMatchObject({ state: 'previewed', rows: { total: 2, refused: 1 } })
    await office.ask(office.chief, `POST /audit-imports/${one.id}/cancellations`)
  })
})

describe('an import', () => {
  const begun = async (rows: number) => {
    const one = await look(chicago(rows))
    const { items } = await placesOf(one.id)
    await say(
      one.id,
      items.map(({ id }: { id: string }) => ({ placeId: id, locationId: office.downtown })),
    )
    await office.rows(`update audit_imports set state = 'running' where id = $1`, [one.id])
    return one.id as string
  }
  const state = async (id: string) => (await office.ask(office.chief, `GET /audit-imports/${id}`)).body
  const stop = () => {
    throw new Error('killed')
  }

  test('that is cut off goes on where it stopped, with nothing lost and nothing doubled', async () => {
    const id = await begun(3500)
    for (const _ of [1, 2]) {
      await expect(
        workOn({ database: office.database, files: office.files, afterBatch: stop }, office.system, id),
      ).rejects.toThrow('killed')
    }
    expect(await state(id)).toMatchObject({ state: 'running', rows: { done: 2000, accepted: 2000 } })
    const fresh = auditImportRunner({ database: office.database, files: office.files }, { error: () => undefined })
    expect(await resumeAuditImports(office.relay, fresh)).toBe(1)
    await fresh.idle()
    expect(await state(id)).toMatchObject({ state: 'done', rows: { done: 3500, accepted: 3500, duplicate: 0 } })
    const [count] = await office.rows('select count(*)::int from imported_audits where import_id = $1', [id])
    expect(count).toEqual({ count: 3500 })
  })

  test('that two servers are at records each row once', async () => {
    const id = await begun(2500)
    await Promise.all([1, 2].map(() => workOn({ database: office.database, files: office.files }, office.system, id)))
    expect(await state(id)).toMatchObject({ state: 'done', rows: { done: 2500, accepted: 2500, duplicate: 0 } })
  })

  test('that is cancelled ends at its next batch; what was imported stays, and the file sent again goes on', async () => {
    const id = await begun(2500)
    await expect(
      workOn({ database: office.database, files: office.files, afterBatch: stop }, office.system, id),
    ).rejects.toThrow('killed')
    const cancelled = await office.ask(office.chief, `POST /audit-imports/${id}/cancellations`)
    expect(cancelled.body).toMatchObject({ state: 'cancelled', rows: { done: 1000, accepted: 1000 } })
    await workOn({ database: office.database, files: office.files }, office.system, id)
    expect((await state(id)).rows.done).toBe(1000)
    expect(await office.rows('select n from audit_import_chunks where import_id = $1', [id])).toEqual([])
    expect((await office.ask(office.chief, `POST /audit-imports/${id}/runs`, { makeTemplates: false })).status).toBe(
      409,
    )
  })

  test('that nobody goes on with is let go after a week', async () => {
    const one = await look(chicago(2))
    await office.rows(`update audit_imports set created_at = now() - interval '8 days' where id = $1`, [one.id])
    expect(await forgetAuditImports(office.database, office.relay)).toBe(1)
    expect(await state(one.id)).toMatchObject({ state: 'cancelled', failure: 'forgotten' })
  })

  test('waits its turn where five files wait already', async () => {
    const ids = [] as string[]
    for (let n = 0; n < 5; n++) ids.push((await look(chicago(1))).id)
    expect((await upload(chicago(1))).body.code).toBe('imports.too_many_open')
    for (const id of ids) await office.ask(office.chief, `POST /audit-imports/${id}/cancellations`)
    expect((await office.ask(office.chief, `POST /audit-imports/${ids[0]}/cancellations`)).status).toBe(200)
  })
})

describe('who may what', () => {
  test('is nobody else’s', async () => {
    const one = await look(chicago(1))
    const { items } = await placesOf(one.id)
    const said = { items: [{ placeId: items[0].id, locationId: office.downtown }] }
    const asked: [string, unknown?][] = [
      [`GET /audit-imports/${one.id}`],
      [`GET /audit-imports/${one.id}/places`],
      [`PUT /audit-imports/${one.id}/places`, said],
      [`PUT /audit-imports/${one.id}/reading`, { encoding: 'utf-8', mapping: null }],
      [`POST /audit-imports/${one.id}/runs`, { makeTemplates: false }],
      [`POST /audit-imports/${one.id}/cancellations`],
      [`GET /audit-imports/${one.id}/errors`],
      [`GET /audit-imports/${one.id}/refused.csv`],
    ]
    for (const [route, body] of asked) {
      expect((await office.ask(office.stranger, route, body)).status, route).toBe(404)
      expect((await office.ask(office.cook, route, body)).status, route).toBe(403)
    }
    expect((await upload('a,b\n1,2\n', office.cook)).status).toBe(403)
    expect((await office.ask(office.stranger, 'GET /audit-imports')).body.items).toEqual([])
    expect((await office.ask(office.stranger, 'GET /imported-audits')).body.items).toEqual([])
    await office.ask(office.chief, `POST /audit-imports/${one.id}/cancellations`)
  })

  test('a manager imports for their own location; what another said of other places stays out', async () => {
    const content = chicago(6)
    const first = await look(content)
    const { items } = await placesOf(first.id)
    expect((await say(first.id, [{ placeId: items[0].id, locationId: office.airport }], office.manager)).status).toBe(
      404,
    )
    expect((await say(first.id, [{ placeId: items[0].id, locationId: office.stranger.id }])).status).toBe(404)
    await say(first.id, [
      { placeId: items[0].id, locationId: office.airport },
      { placeId: items[1].id, locationId: office.downtown },
      { placeId: items[2].id, locationId: null },
    ])
    const told = (await office.ask(office.manager, `GET /audit-imports/${first.id}/places`)).body.items
    expect(told.map(({ locationId }: { locationId: string | null }) => locationId)).toEqual([
      null,
      office.downtown,
      null,
    ])
    expect(await run(first.id, false, office.manager)).toMatchObject({
      state: 'done',
      rows: { accepted: 2, unplaced: 4 },
    })
    const [audit] = (await office.ask(office.chief, `GET /imported-audits?importId=${first.id}`)).body.items
    expect((await office.ask(office.pilot, `GET /imported-audits/${audit.id}`)).status).toBe(404)
    expect((await office.ask(office.stranger, `GET /imported-audits/${audit.id}`)).status).toBe(404)
  })
})
