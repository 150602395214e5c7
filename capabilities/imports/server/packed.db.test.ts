import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { plainPicture } from '@opsflow/platform/server/files/photo.for-tests'
import { type Zippable, zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { auditImportRunner, resumeAuditImports } from './index.ts'
import { type Office, openOffice } from './office.for-tests.ts'
import { workOn } from './run-import.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
}, 60_000)
afterAll(() => office.close())

const octets = { 'content-type': 'application/octet-stream' }
const look = async (bytes: Uint8Array, actor = office.chief) => {
  const sent = await office.ask(actor, 'POST /audit-imports?fileName=export.zip', bytes, octets)
  if (sent.status !== 201) return sent.body
  await office.runner.idle()
  return (await office.ask(actor, `GET /audit-imports/${sent.body.id}`)).body
}
const shown = async (id: string) => (await office.ask(office.chief, `GET /audit-imports/${id}`)).body
async function place(id: string) {
  const { items } = (await office.ask(office.chief, `GET /audit-imports/${id}/places?limit=200`)).body
  const said = items.map((one: { id: string }) => ({ placeId: one.id, locationId: office.downtown }))
  expect((await office.ask(office.chief, `PUT /audit-imports/${id}/places`, { items: said })).status).toBe(200)
}
const begin = (id: string) => office.ask(office.chief, `POST /audit-imports/${id}/runs`, { makeTemplates: false })
async function runAll(bytes: Uint8Array) {
  const { id } = await look(bytes)
  await place(id)
  expect((await begin(id)).status).toBe(202)
  await office.runner.idle()
  return shown(id)
}

let made = 0
/** As the peer's own export tells it: an inspection whose answers name photos by their id. */
function exported(photos: readonly (readonly string[])[], more: object[] = []) {
  const id = `audit_${++made}`
  const items = photos.map((ids, n) => ({
    ...{ item_id: `q${n}`, type: 'question', label: `Question ${n}` },
    responses: { text: 'Seen', media: ids.map((media_id) => ({ media_id, file_ext: 'jpg', label: '' })) },
  }))
  return {
    ...{ template_id: 'template_1', audit_id: id, items: [...items, ...more] },
    template_data: { metadata: { name: 'Walk' }, response_sets: {} },
    audit_data: { date_completed: '2026-01-02T03:04:05Z', site: { id: 's', name: 'Main Street' } },
  }
}
const text = (said: unknown) => new TextEncoder().encode(JSON.stringify(said))
const jpegs = new Map<number, Uint8Array>()
async function jpeg(width: number) {
  const known = jpegs.get(width)
  if (known) return known
  const bytes = new Uint8Array(await plainPicture(width, 200))
  jpegs.set(width, bytes)
  return bytes
}
const zip = (files: Zippable) => zipSync(files, { level: 6 })

async function imported(importId: string) {
  const { items } = (await office.ask(office.cook, `GET /imported-audits?importId=${importId}`)).body
  return Promise.all(
    items.map(async ({ id }: { id: string }) => (await office.ask(office.cook, `GET /imported-audits/${id}`)).body),
  )
}
const filesThere = async () => (await office.rows<{ n: number }>('select count(*)::int as n from files'))[0]?.n

describe('an export with its photos beside it', () => {
  test('says before anything is imported which photos it brings and which are missing', async () => {
    const one = await look(
      zip({
        'export/audit.json': text(exported([['photo-a', 'photo-b'], ['gone-1', 'gone-2'], []])),
        'export/media/PHOTO-A.jpg': await jpeg(300),
        'export/media/photo-b.jpeg': await jpeg(301),
        'export/media/nobody-asked.jpg': await jpeg(302),
        '__MACOSX/export/._audit.json': text('x'),
      }),
    )
    expect(one).toMatchObject({ state: 'previewed', kind: 'safetyculture', rows: { total: 1 } })
    expect(one.look.photos).toEqual({ named: 4, found: 2 })
    expect(one.look.leftOut).toEqual([{ row: 1, itemId: 'q1', label: 'Question 1', code: 'photos', detail: '2' }])
    expect(await filesThere()).toBe(0)
    await office.ask(office.chief, `POST /audit-imports/${one.id}/cancellations`)
  })

  test('each hangs at its answer, drawn anew from its pixels, and is seen by who may see it there', async () => {
    const photo = await jpeg(310)
    const { id, state, photos } = await runAll(
      zip({
        'a.json': text(exported([['p1'], ['p2', 'p3']])),
        'p1.jpg': photo,
        'p2.jpg': await jpeg(311),
        'p3.jpg': photo,
      }),
    )
    expect([state, photos]).toEqual(['done', { kept: 3, refused: 0 }])
    const [audit] = await imported(id)
    expect(audit.photos.map(({ answer }: { answer: number }) => answer)).toEqual([0, 1, 1])
    const url = `GET /files/${audit.photos[0].fileId}`
    const got = await office.ask(office.cook, url)
    expect(got.status).toBe(200)
    expect(got.text).not.toBe(Buffer.from(photo).toString())
    for (const who of [office.pilot, office.stranger]) {
      expect((await office.ask(who, url)).status).toBe(404)
      expect((await office.ask(who, `GET /imported-audits/${audit.id}`)).status).toBe(404)
    }
  })

  test('sent again it adds nothing; without its photos first, they follow with the second file', async () => {
    const audit = text(exported([['late']]))
    const first = await runAll(zip({ 'a.json': audit }))
    expect([first.rows.accepted, first.photos.kept]).toEqual([1, 0])
    const whole = zip({ 'a.json': audit, 'late.jpg': await jpeg(320) })
    const second = await runAll(whole)
    expect([second.rows.duplicate, second.photos.kept]).toEqual([1, 1])
    const before = await filesThere()
    expect((await runAll(whole)).photos.kept).toBe(0)
    expect(await filesThere()).toBe(before)
    const [told] = await imported(first.id)
    expect(told.photos).toHaveLength(1)
  })

  test('several exports in one ZIP are one import', async () => {
    const one = await look(zip({ 'a.json': text(exported([])), 'b/b.json': text([exported([]), exported([])]) }))
    expect(one.rows.total).toBe(3)
    await office.ask(office.chief, `POST /audit-imports/${one.id}/cancellations`)
  })

  test('cut off between two photos it goes on with the next, and each is there once', async () => {
    const names = Array.from({ length: 6 }, (_, n) => `cut-${n}`)
    const files = Object.fromEntries(
      await Promise.all(names.map(async (name, n) => [`${name}.jpg`, await jpeg(330 + n)])),
    )
    const { id } = await look(zip({ 'a.json': text(exported([names])), ...files }))
    await place(id)
    await office.rows(`update audit_imports set state = 'running' where id = $1`, [id])
    for (const after of [1, 2]) {
      let kept = 0
      const afterPhoto = () => {
        if (++kept === after) throw new Error('killed')
      }
      const parts = { database: office.database, files: office.files, afterPhoto }
      await expect(workOn(parts, office.system, id)).rejects.toThrow('killed')
    }
    expect((await shown(id)).photos).toEqual({ kept: 3, refused: 0 })
    const fresh = auditImportRunner({ database: office.database, files: office.files }, { error: () => undefined })
    expect(await resumeAuditImports(office.relay, fresh)).toBe(1)
    await fresh.idle()
    expect(await shown(id)).toMatchObject({ state: 'done', rows: { accepted: 1 }, photos: { kept: 6, refused: 0 } })
    const [audit] = await imported(id)
    expect(new Set(audit.photos.map(({ fileId }: { fileId: string }) => fileId)).size).toBe(6)
  })

  test('two that are at it at once keep each photo once', async () => {
    const { id } = await look(
      zip({ 'a.json': text(exported([['x', 'y']])), 'x.jpg': await jpeg(340), 'y.jpg': await jpeg(341) }),
    )
    await place(id)
    await office.rows(`update audit_imports set state = 'running' where id = $1`, [id])
    const parts = { database: office.database, files: office.files }
    await Promise.all([1, 2].map(() => workOn(parts, office.system, id)))
    expect(await shown(id)).toMatchObject({ state: 'done', photos: { kept: 2, refused: 0 } })
  })

  test('who comes late finds it done and its file gone, and leaves it so', async () => {
    const { id } = await look(zip({ 'a.json': text(exported([['late']])), 'late.jpg': await jpeg(342) }))
    await place(id)
    await office.rows(`update audit_imports set state = 'running' where id = $1`, [id])
    const parts = { database: office.database, files: office.files }
    let isLate = false
    const slow: typeof office.database = {
      ...office.database,
      readOne: async (...asked) => {
        if (!isLate) await workOn(parts, office.system, id)
        isLate = true
        return office.database.readOne(...asked)
      },
    }
    await workOn({ ...parts, database: slow }, office.system, id)
    expect(isLate).toBe(true)
    expect(await shown(id)).toMatchObject({ state: 'done', photos: { kept: 1, refused: 0 } })
  })

  test('what is no photo is left out with its reason; the audit and the other photos are there', async () => {
    const { id, state, photos } = await runAll(
      zip({
        'a.json': text(exported([['svg', 'html', 'half', 'zipped', 'good', 'pdf']])),
        'svg.jpg': new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        'html.jpg': new TextEncoder().encode('<!DOCTYPE html><script>alert(1)</script>'),
        'half.jpg': (await jpeg(350)).subarray(0, 200),
        'zipped.jpg': zip({ 'inner.jpg': await jpeg(351) }),
        'good.jpg': await jpeg(352),
        'pdf.pdf': new TextEncoder().encode('%PDF-1.7\n1 0 obj\n%%EOF\n'),
      }),
    )
    expect([state, photos]).toEqual(['done', { kept: 1, refused: 5 }])
    const { items } = (await office.ask(office.chief, `GET /audit-imports/${id}/errors`)).body
    expect(items.map(({ column, code }: { column: string; code: string }) => `${column} ${code}`).sort()).toEqual(
      ['half', 'html', 'pdf', 'svg', 'zipped'].map((name) => `${name} photo_unreadable`),
    )
  })

  test('the real export opens from a ZIP as it does alone', async () => {
    const real = readFileSync(join(import.meta.dirname, '../fixtures/safetyculture-audit.json'))
    const one = await look(zip({ 'audit.json': new Uint8Array(real) }))
    expect(one).toMatchObject({ state: 'previewed', rows: { total: 1 }, look: { photos: { named: 0, found: 0 } } })
    expect(one.look.templates).toHaveLength(1)
    await office.ask(office.chief, `POST /audit-imports/${one.id}/cancellations`)
  })
})

describe('a ZIP that was made to harm, or is none of ours, is refused by name', () => {
  const good = () => text(exported([['p']]))
  const zeros = new Uint8Array(30 * 1024 * 1024)
  const cases: [string, () => Uint8Array, string][] = [
    ['one that unpacks to a thousand times its size', () => zip({ 'a.json': good(), 'p.jpg': zeros }), 'zip_bomb'],
    ['a JSON that does', () => zip({ 'a.json': zeros }), 'zip_bomb'],
    ['entries that share their bytes', () => overlapping(3000), 'zip_bomb'],
    ['a name that leads out of it', () => zip({ '../../etc/a.json': good() }), 'zip_path'],
    ['a name from the root', () => zip({ '/etc/a.json': good() }), 'zip_path'],
    ['a name of another system', () => zip({ 'C:\\a.json': good() }), 'zip_path'],
    ['a ZIP in it', () => zip({ 'a.json': good(), 'more.zip': zip({ 'b.json': good() }) }), 'zip_nested'],
    ['five thousand entries and more', () => zip(many(5001)), 'zip_too_many'],
    ['locked with a password', () => withFlag(zip({ 'a.json': good() }), 1), 'zip_encrypted'],
    ['nothing we read', () => zip({ 'p.jpg': new Uint8Array(10) }), 'zip_no_export'],
    ['cut off', () => zip({ 'a.json': good() }).subarray(0, 150), 'zip_unreadable'],
    [
      'no ZIP after its first bytes',
      () => new Uint8Array([0x50, 0x4b, 3, 4, ...new Uint8Array(500)]),
      'zip_unreadable',
    ],
    ['longer than it says', () => lyingAbout(zip({ 'a.json': good() }), 20), 'zip_unreadable'],
    ['a JSON that is no export', () => zip({ 'a.json': text({ hello: 1 }) }), 'json_unknown'],
  ]
  test.each(cases)('%s', async (_, bytes, failure) => {
    const one = await look(bytes())
    expect([one.state, one.failure]).toEqual(['failed', failure])
    expect((await office.rows('select from audit_import_chunks where import_id = $1', [one.id])).length).toBe(0)
  })

  test('an office file is a ZIP too, and is told to be saved as CSV', async () => {
    const refused = await look(zip({ '[Content_Types].xml': good(), 'xl/workbook.xml': good() }))
    expect(refused.code).toBe('imports.file_unknown')
  })

  test('others see nothing of it, and who may not import sends none', async () => {
    const one = await look(zip({ 'a.json': good() }))
    expect((await office.ask(office.stranger, `GET /audit-imports/${one.id}`)).status).toBe(404)
    expect((await look(zip({ 'a.json': good() }), office.cook)).code).toBe('forbidden')
    await office.ask(office.chief, `POST /audit-imports/${one.id}/cancellations`)
  })

  test('no single piece of one is held: reading a photo of a large ZIP takes a few pieces', async () => {
    const filler = Object.fromEntries(
      Array.from({ length: 12 }, (_, n) => [`f${n}.bin`, [noise(1024 * 1024), { level: 0 }]]),
    ) as Zippable
    const { state, photos } = await runAll(
      zip({ ...filler, 'p.jpg': [await jpeg(360), { level: 0 }], 'a.json': text(exported([['p']])) }),
    )
    expect([state, photos]).toEqual(['done', { kept: 1, refused: 0 }])
  })
})

const many = (count: number): Zippable =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`${n}.jpg`, new Uint8Array()]))

/** Bytes that do not shrink, the same each time. */
function noise(length: number): Uint8Array {
  let state = 1
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return state >>> 24
  })
}

const DIRECTORY = 0x02014b50
const END = 0x06054b50
const find = (bytes: Buffer, signature: number) => {
  const mark = Buffer.alloc(4)
  mark.writeUInt32LE(signature)
  return bytes.lastIndexOf(mark)
}

/** The same bytes listed again and again: each entry alone is harmless. */
function overlapping(times: number): Uint8Array {
  const one = Buffer.from(zip({ 'a.json': noise(20_000) }))
  const [from, end] = [find(one, DIRECTORY), find(one, END)]
  const record = one.subarray(from, end)
  const tail = Buffer.from(one.subarray(end))
  tail.writeUInt16LE(times, 8)
  tail.writeUInt16LE(times, 10)
  tail.writeUInt32LE(record.length * times, 12)
  return Buffer.concat([one.subarray(0, from), ...Array.from({ length: times }, () => record), tail])
}

function withFlag(bytes: Uint8Array, flag: number): Uint8Array {
  const changed = Buffer.from(bytes)
  changed.writeUInt16LE(flag, find(changed, DIRECTORY) + 8)
  return changed
}

/** Says that its first entry unpacks to so many bytes. */
function lyingAbout(bytes: Uint8Array, length: number): Uint8Array {
  const changed = Buffer.from(bytes)
  changed.writeUInt32LE(length, find(changed, DIRECTORY) + 24)
  return changed
}
