import { randomUUID } from 'node:crypto'
import { drawRecord } from '../capabilities/checklists/server/record/draw-in-worker.ts'
import type { ChecklistRecord } from '../capabilities/checklists/server/record/record.ts'
import { TemplateContent } from '../capabilities/checklists/template.ts'
import { photoForTests } from '../platform/server/files/photo.for-tests.ts'
import { anyoneOf } from '../platform/server/isolation/chain.ts'
import type { TestDatabase } from '../platform/server/postgres/for-tests.ts'
import { openDatabase } from '../platform/server/tenant.ts'
import { Chains } from './chains.ts'
import { atLeast, atMost, type Effort, type Report } from './lib.ts'
import { median, rateOf } from './meanwhile.ts'

const SECTIONS = 10

/** The record of a long audit with its photos on paper, and what drawing it costs whoever asks for something else meanwhile. */
export async function auditRecord(database: TestDatabase, effort: Effort): Promise<Report> {
  const isShort = effort.rounds === 1
  const [items, photos] = isShort ? [20, 4] : [150, 40]
  const chains = await Chains.plant(database, 1)
  const [tenant] = chains.tenants
  if (!tenant) throw new Error('no tenant')
  const product = openDatabase({ url: database.urls.app, contextKey: database.contextKey, poolSize: 4, prepared: true })
  const actor = anyoneOf(tenant, new Set([tenant.locationId]))
  const record = await recordOf(items, photos)
  const draw = () => drawRecord(record, 'en', 'https://ops.example.com/verify#AAAAAAAAAAAAAAAAAAAAAA')
  const light = async () => {
    const rows = await product.read(actor, (tx) =>
      tx.query('select id from locations where tenant_id = (select app.tenant()) and id = $1', [tenant.locationId]),
    )
    if (rows.length !== 1) throw new Error(`${rows.length} locations`)
  }
  try {
    const times: number[] = []
    let pdf: Uint8Array = new Uint8Array()
    for (let round = 0; round < (isShort ? 1 : 5); round++) {
      const began = performance.now()
      pdf = await draw()
      times.push((performance.now() - began) / 1000)
    }
    const [alone, meanwhile]: [number[], number[]] = [[], []]
    for (let round = 0; round < (isShort ? 1 : 5); round++) {
      alone.push(await rateOf(light, () => new Promise((done) => setTimeout(done, isShort ? 50 : 2000))))
      meanwhile.push(await rateOf(light, draw))
    }
    const ratio = median(meanwhile.map((rate, n) => rate / (alone[n] ?? Number.NaN)))
    return {
      title: `The record of an audit of ${items} questions with ${photos} photos: ${Math.round(pdf.length / 1024)} KiB`,
      table: [
        { mode: 'light reads, while nothing is drawn', 'ops/s': Math.round(median(alone)) },
        { mode: 'light reads, while the record is drawn', 'ops/s': Math.round(median(meanwhile)) },
      ],
      findings: [
        atMost('the record', 10, median(times), ' s'),
        atLeast('rate of others meanwhile by theirs alone', 0.5, ratio, '×'),
      ],
    }
  } finally {
    await Promise.all([product.close(), chains.close()])
  }
}

async function recordOf(items: number, photos: number): Promise<ChecklistRecord> {
  const ana = { id: randomUUID(), name: 'Ana Ruiz' }
  const content = TemplateContent.parse({
    sections: Array.from({ length: SECTIONS }, (_, section) => ({
      id: randomUUID(),
      title: `Section ${section + 1}`,
      items: Array.from({ length: items / SECTIONS }, (_, n) => ({
        ...{
          kind: 'pass_fail',
          id: randomUUID(),
          label: `Question ${section + 1}.${n + 1}: clean, whole, and in its place`,
        },
      })),
    })),
  })
  const at = '2026-11-27T12:00:00Z'
  const answers: ChecklistRecord['answers'] = content.sections.flatMap((section) =>
    section.items.map((item, n) => ({
      ...{ id: randomUUID(), checklistId: randomUUID(), locationId: randomUUID(), itemId: item.id, entryId: null },
      ...{
        value: { kind: 'pass_fail' as const, passes: n % 9 !== 0 },
        outcome: n % 9 === 0 ? ('fail' as const) : ('pass' as const),
      },
      ...{
        note: n % 9 === 0 ? 'Behind the dish machine, told the shift.' : '',
        photos: 0,
        answeredBy: ana,
        answeredAt: at,
      },
      ...{ receivedAt: at, kiosk: null, timeQuality: 'exact' as const, taskId: null, withdraws: null },
    })),
  ) as never
  const pictures = await Promise.all(Array.from({ length: photos }, () => photoForTests(480)))
  const checklistId = randomUUID()
  return {
    ...{
      organizationName: 'Harbor & Vine',
      logo: null,
      brand: '#0f766e',
      location: { name: 'Downtown', timezone: 'America/Chicago' },
    },
    form: {
      ...{
        id: randomUUID(),
        locationId: randomUUID(),
        templateId: randomUUID(),
        version: 3,
        name: 'Food-safety audit',
      },
      ...{ category: 'audit', content },
    } as never,
    checklist: {
      ...{ id: checklistId, name: 'Food-safety audit', day: '2026-11-27', version: 3, status: 'completed', reason: '' },
      ...{
        dueAt: null,
        lateAt: null,
        startedAt: at,
        startedBy: ana,
        completedAt: at,
        completedBy: ana,
        signOffs: [],
        presences: [],
      },
    } as never,
    answers,
    units: [],
    photos: pictures.map(({ bytes, sha256 }, n) => ({
      ...{ ownerId: answers[n * 3]?.id ?? '', sha256, namedAt: at, storedSha256: sha256, isDrawn: false, bytes },
    })),
    score: null,
  }
}
