import type { Score } from '@opsflow/capabilities/audits'
import { photoForTests } from '@opsflow/platform/server/files/photo.for-tests'
import { beforeAll, expect, test } from 'vitest'
import type { Answer, AnswerValue } from '../../answer.ts'
import type { Checklist } from '../../checklist.ts'
import { TemplateContent } from '../../template.ts'
import { drawRecord } from './draw-in-worker.ts'
import type { ChecklistRecord } from './record.ts'
import { recordTable } from './record-table.ts'
import { sheetOf } from './sheet.ts'

const id = () => crypto.randomUUID()
const [line, coolers, clean, temperature, sign, photo, ppm] = [id(), id(), id(), id(), id(), id(), id()]
const walkIn = { id: id(), name: 'Walk-in', kind: 'walk_in_cooler' }
const checklistId = id()
const locationId = id()
const address = 'https://ops.example.com/verify#AAAAAAAAAAAAAAAAAAAAAA'
const ana = { id: id(), name: 'Ana Ruiz' }

const content = TemplateContent.parse({
  sections: [
    {
      id: line,
      title: 'Line',
      items: [
        { kind: 'pass_fail', id: clean, label: 'The line is clean' },
        { kind: 'number', id: ppm, label: 'Sanitiser', unit: 'ppm', min: 200, max: 400 },
        { kind: 'photo', id: photo, label: 'The line, set up' },
        { kind: 'signature', id: sign, label: 'Opened by' },
      ],
    },
    {
      id: coolers,
      title: 'Coolers',
      repeat: { per: 'unit', unitKinds: ['walk_in_cooler'] },
      items: [{ kind: 'temperature', id: temperature, label: 'Temperature', subject: { kind: 'unit' } }],
    },
  ],
})

let record: ChecklistRecord
beforeAll(async () => {
  const { bytes } = await photoForTests()
  const withPhoto = answer(photo, { kind: 'photo' }, 'recorded', { photos: 2 })
  record = {
    organizationName: 'Harbor & Vine',
    brand: '#0f766e',
    logo: null,
    location: { name: 'Москва · Zürich', timezone: 'America/Chicago' },
    form: { id: id(), locationId, templateId: id(), version: 3, name: 'Opening', category: 'opening', content },
    checklist: {
      ...{ id: checklistId, locationId, formId: id(), templateId: id(), version: 3, name: 'Opening' },
      ...{
        category: 'opening',
        scheduleId: null,
        day: '2026-11-27',
        role: null,
        status: 'completed',
        reason: '',
        excuse: null,
      },
      visibleAt: '2026-11-27T11:00:00Z',
      dueAt: '2026-11-27T12:00:00Z',
      lateAt: '2026-11-27T12:15:00Z',
      missedAt: '2026-11-27T16:00:00Z',
      ...{ startedAt: '2026-11-27T12:05:00Z', startedBy: ana, completedAt: '2026-11-27T12:20:00Z', completedBy: ana },
      needsVerification: true,
      handOvers: [],
      presences: [],
      signOffs: [
        {
          ...{ id: id(), meaning: 'verified', by: { id: id(), name: 'Priya Raman' }, kiosk: null, note: 'Seen.' },
          ...{ at: '2026-11-27T13:00:00Z', timeQuality: 'exact', signature: 'session', digest: 'ab'.repeat(32) },
          presences: [],
        },
      ],
      ...{ receivedAt: null, timeQuality: 'exact', createdAt: '2026-11-26T11:00:00Z' },
    },
    answers: [
      answer(clean, { kind: 'pass_fail', passes: false }, 'fail', {
        answeredAt: '2026-11-27T12:06:00Z',
        note: 'Grease',
      }),
      answer(clean, { kind: 'pass_fail', passes: true }, 'pass', { answeredAt: '2026-11-27T12:16:00Z' }),
      answer(ppm, { kind: 'number', text: '150' }, 'fail', { taskId: id(), timeQuality: 'doubtful' }),
      answer(sign, { kind: 'signature', name: 'Ana Ruiz', path: 'M10 20L60 5L90 40L130 12' }, 'recorded'),
      answer(temperature, { kind: 'temperature', text: '38.5', unit: 'F', unitId: walkIn.id, logId: null }, 'pass', {
        entryId: walkIn.id,
        kiosk: { id: id(), name: 'Line tablet' },
      }),
      withPhoto,
    ],
    units: [walkIn],
    photos: [
      {
        ownerId: withPhoto.id,
        namedAt: '2026-11-27T12:00:00Z',
        sha256: '12'.repeat(32),
        storedSha256: 'ab',
        isDrawn: false,
        bytes,
      },
      {
        ownerId: withPhoto.id,
        namedAt: '2026-11-27T12:00:00Z',
        sha256: '34'.repeat(32),
        storedSha256: null,
        isDrawn: true,
        bytes: null,
      },
    ],
    score: null,
  }
})

test('a sheet tells each time that someone showed to be at the place; of an audit also that nobody did', () => {
  const shown = {
    ...{ id: id(), method: 'position' as const, verdict: 'elsewhere' as const, codeEnd: null, codeLabel: null },
    ...{ distanceMetres: 420, accuracyMetres: 15, by: ana, kiosk: null },
    ...{ at: '2026-11-27T12:04:00Z', timeQuality: 'doubtful' as const },
  }
  const code = {
    ...shown,
    method: 'code' as const,
    verdict: 'here' as const,
    codeEnd: 'WXYZ',
    timeQuality: 'exact' as const,
  }
  const told = (presences: Checklist['presences'], asksPresence: boolean) =>
    sheetOf(
      {
        ...record,
        checklist: { ...record.checklist, presences },
        form: { ...record.form, content: { ...record.form.content, asksPresence } },
      },
      'en',
    ).facts.flatMap(([name, text]) => (name === 'Presence' ? [text] : []))
  expect(told([shown, code], false)).toEqual([
    'NOT at the place, 420 m away, exact to 15 m, Ana Ruiz, 27 Nov 2026, 06:04, time uncertain',
    'at the place, QR code “…WXYZ”, Ana Ruiz, 27 Nov 2026, 06:04',
  ])
  expect([told([], true), told([], false)]).toEqual([['not shown'], []])
})

test('a sheet tells each question with its answer, who gave it, when by the location’s clock, and what stood before', () => {
  const { title, facts, parts, signatures } = sheetOf(record, 'en')
  expect(title).toBe('Opening')
  expect(facts).toContainEqual(['Status', 'Completed (late)'])
  expect(facts).toContainEqual(['Completed', '27 Nov 2026, 06:20, Ana Ruiz'])
  expect(parts.map(({ heading }) => heading)).toEqual(['Line', 'Coolers · Walk-in'])
  const [first, second] = parts[0]?.lines ?? []
  expect(first).toMatchObject({
    answer: 'Pass',
    by: 'Ana Ruiz, 27 Nov 2026, 06:16',
    history: ['Before: FAIL – Ana Ruiz, 27 Nov 2026, 06:06 – Grease'],
  })
  expect(second).toMatchObject({ answer: '150 ppm · FAIL', isFail: true })
  expect(second?.by).toContain('time uncertain')
  expect(second?.remarks).toEqual(['A task was opened for it.'])
  expect(parts[1]?.lines[0]?.by).toContain('on Line tablet')
  expect(signatures.of[0]).toMatchObject({
    note: 'Seen.',
    text: 'Priya Raman verified this, 27 Nov 2026, 07:00 (signed in)',
  })
})

test('in Spanish it says the same', () => {
  const { facts, parts } = sheetOf(record, 'es')
  expect(facts).toContainEqual(['Estado', 'Completada (tarde)'])
  expect(parts[0]?.lines[1]).toMatchObject({ answer: '150 ppm · NO CONFORME' })
})

test('the sheet of an audit says what it came to, and what cost how much', () => {
  const cost = { itemId: ppm, entryId: null, as: null, due: null, correctedOnSite: false }
  const score: Score = {
    ...{
      scheme: 'weighted',
      edition: '',
      status: 'pass',
      compliance: 87.5,
      points: 7,
      max: 8,
      grade: null,
      outcome: null,
    },
    ...{
      failedCritical: [],
      sections: [],
      surcharges: [],
      heldBack: 0,
      costs: [{ ...cost, label: 'Sanitiser', points: 1 }],
    },
  }
  const english = sheetOf({ ...record, score }, 'en')
  expect(english.facts).toContainEqual(['Score', '87.5 %, 7 of 8 points, passed'])
  expect(english.parts[0]).toMatchObject({
    ...{ heading: 'What it cost', lines: [{ question: 'Sanitiser', answer: '−1', isFail: true }] },
  })
  expect(sheetOf({ ...record, score }, 'es').facts).toContainEqual(['Puntaje', '87.5 %, 7 de 8 puntos, aprobada'])
  const spotless = sheetOf({ ...record, score: { ...score, costs: [], compliance: 100 } }, 'en')
  expect(spotless.parts[0]?.heading).toBe('Line')
  const graded: Score = {
    ...{ ...score, scheme: 'la_county', status: 'scored', compliance: 86, points: 86, max: 100, grade: 'B' },
    surcharges: [{ for: 'vermin', points: 7 }],
  }
  expect(sheetOf({ ...record, score: graded }, 'en').facts).toContainEqual([
    'Score',
    '86 %, 86 of 100 points, grade B (computed)',
  ])
  expect(sheetOf({ ...record, score: graded }, 'en').parts[0]?.lines[1]).toMatchObject({
    ...{ question: 'Closure: vermin', answer: '−7' },
  })
})

test('what was not answered says so; instructions have nothing to answer', () => {
  const [first] = sheetOf({ ...record, answers: [] }, 'en').parts
  expect(first?.lines.map(({ answer }) => answer)).toEqual(Array(4).fill('Not answered'))
})

test('as a table each answer is a row, those that no longer count too', () => {
  const [header, ...rows] = recordTable(record, 'en')
  const of = (row: readonly string[] | undefined, name: string) => row?.[header?.indexOf(name) ?? -1]
  expect(rows.map((row) => [of(row, 'question'), of(row, 'answer'), of(row, 'outcome'), of(row, 'counts')])).toEqual([
    ['The line is clean', 'Fail', 'fail', 'no'],
    ['The line is clean', 'Pass', 'pass', 'yes'],
    ['Sanitiser', '150 ppm', 'fail', 'yes'],
    ['The line, set up', '2 photos', 'recorded', 'yes'],
    ['Opened by', 'Ana Ruiz', 'recorded', 'yes'],
    ['Temperature', '38.5 °F', 'pass', 'yes'],
  ])
  expect(of(rows[5], 'entry')).toBe('Walk-in')
  expect(of(rows[2], 'time_quality')).toBe('doubtful')
})

test('it is drawn beside the server as a PDF with its photos, however much there is to say', async () => {
  const short = Buffer.from(await drawRecord(record, 'en', address))
  expect(short.subarray(0, 5).toString()).toBe('%PDF-')
  expect(pagesIn(short)).toBe(1)
  expect(short.toString('latin1').match(/\/Subtype \/Image/g)).toHaveLength(1)

  const note = 'Every word of a long note is printed. '.repeat(50)
  const many = Array.from({ length: 40 }, (_, n) =>
    answer(clean, { kind: 'pass_fail', passes: false }, 'fail', {
      answeredAt: new Date(n * 60_000).toISOString(),
      note,
    }),
  )
  expect(
    pagesIn(Buffer.from(await drawRecord({ ...record, answers: [...record.answers, ...many] }, 'es', address))),
  ).toBeGreaterThan(5)
})

test('a photo that is no JPEG fails its drawing with a reason, and the next is drawn all the same', async () => {
  const broken = { ...record, photos: record.photos.map((photo) => ({ ...photo, bytes: Buffer.from('no photo') })) }
  await expect(drawRecord(broken, 'en', address)).rejects.toThrow('image')
  expect(pagesIn(Buffer.from(await drawRecord(record, 'en', address)))).toBe(1)
})

const pagesIn = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type \/Page\b(?!s)/g)?.length ?? 0

function answer(itemId: string, value: AnswerValue, outcome: Answer['outcome'], more: Partial<Answer> = {}): Answer {
  return {
    ...{
      id: id(),
      locationId,
      checklistId,
      itemId,
      entryId: null,
      value,
      outcome,
      note: '',
      photos: 0,
      photoHashes: [],
      taskId: null,
    },
    ...{
      answeredAt: '2026-11-27T12:10:00Z',
      answeredBy: ana,
      kiosk: null,
      receivedAt: null,
      timeQuality: 'exact',
      knew: null,
    },
    ...more,
  }
}
