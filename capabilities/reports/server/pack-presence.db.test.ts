import { randomUUID } from 'node:crypto'
import { expectClearMargins, expectNothingOnAnother } from '@opsflow/platform/server/paper/looks.for-tests'
import { rendered } from '@opsflow/platform/server/paper/rendered.for-tests'
import { writeWorkbook } from '@opsflow/platform/server/paper/workbook'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Kitchen, openKitchen } from '../../haccp/server/kitchen.for-tests.ts'
import { drawPack } from './draw-pack.ts'
import { gatherPack } from './gather-pack.ts'
import { packSheets } from './pack-sheets.ts'

let kitchen: Kitchen
const days = { from: '2026-11-02', to: '2026-11-05' }
const address = 'https://ops.example.com/verify#AAAAAAAAAAAAAAAAAAAAAA'

beforeAll(async () => {
  kitchen = await openKitchen()
  const { rows, tenantId, downtown, actors } = kitchen
  const code = randomUUID()
  await rows(
    `insert into place_codes (tenant_id, id, location_id, label, code) values ($1, $2, $3, 'Back door', '0123456789ABCDEFGHJK')`,
    [tenantId, code, downtown],
  )
  const shown = (list: string, verdict: string, by: { code?: string; metres?: number }) =>
    rows(
      `insert into checklist_presences (tenant_id, id, location_id, checklist_id, method, verdict, place_code_id, code_end,
                                        distance_metres, accuracy_metres, shown_by, shown_at, time_quality)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '2026-11-02T15:00Z', 'exact')`,
      [
        ...[tenantId, randomUUID(), downtown, list, by.code ? 'code' : 'position', verdict],
        ...[by.code ?? null, by.code ? 'GHJK' : null, by.metres ?? null, by.metres ? 15 : null, actors.manager.id],
      ],
    )
  const [scanned, far] = [await audited('2026-11-02'), await audited('2026-11-03')]
  await audited('2026-11-04')
  await shown(scanned, 'elsewhere', { metres: 900 })
  await shown(scanned, 'here', { code })
  await shown(far, 'elsewhere', { metres: 4200 })
})
afterAll(() => kitchen.close())

async function audited(day: string): Promise<string> {
  const { rows, tenantId, downtown, ids, actors } = kitchen
  const list = await kitchen.list(day, 'completed')
  await rows(
    `insert into audits (tenant_id, location_id, checklist_id, template_id, version, audit_type, audit_date, scheme, status,
                         compliance_score, score, scored_at, scored_by)
     values ($1, $2, $3, $4, 1, 'internal', $5, 'weighted', 'pass', 96, $6, now(), $7)`,
    [
      ...[tenantId, downtown, list, ids.template, day],
      ...[JSON.stringify({ costs: [], points: 24, max: 25 }), actors.manager.id],
    ],
  )
  return list
}

const gathered = () =>
  kitchen.database.read(kitchen.actors.reader, (tx) =>
    gatherPack(tx, { locationId: kitchen.downtown, ...days, photos: false }),
  )

test.each([
  ['en', ['At the place, QR code “Back door”', 'NOT at the place, 4200 m away, exact to 15 m', 'Not shown'], '900 m'],
  [
    'es',
    ['En el local, código QR «Back door»', 'FUERA del local, a 4200 m, con exactitud de 15 m', 'No mostrada'],
    '900',
  ],
] as const)(
  'each audit of a pack tells whether its auditor was there, and how that was shown (%s)',
  async (language, said, worse) => {
    const pack = await gathered()
    const pages = await rendered(await drawPack({ pack, language, address }), `pack-presence-${language}`)
    for (const page of pages) {
      expectClearMargins(page)
      expectNothingOnAnother(page)
    }
    const words = pages.flatMap(({ texts }) => texts.map(({ text }) => text.trim())).join(' ')
    const book = unzipSync(new Uint8Array(await writeWorkbook(packSheets({ pack, language }))))
    const cells = Object.values(book)
      .map((bytes) => strFromU8(bytes))
      .join('')
    for (const text of said) {
      expect(words).toContain(text)
      expect(cells).toContain(text)
    }
    expect(words).not.toContain(worse)
  },
)
