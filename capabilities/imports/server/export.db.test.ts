import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { importedAuditImplementations } from '@opsflow/capabilities/audits/server'
import { checklistMutators as does } from '@opsflow/capabilities/checklists'
import type { Actor } from '@opsflow/platform/actor'
import { emptyFolder } from '@opsflow/platform/server/files/folder.for-tests'
import { folderStorage } from '@opsflow/platform/server/files/folder-storage'
import { serveForTests } from '@opsflow/platform/server/http/serve.for-tests'
import { minutesAgo } from '@opsflow/platform/server/sync/run.for-tests'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Crew, openCrew } from '../../checklists/server/doing/crew.for-tests.ts'
import { auditImportRunner, exportImplementations, importImplementations } from './index.ts'

let crew: Crew
let runner: ReturnType<typeof auditImportRunner>
let api: Awaited<ReturnType<typeof serveForTests>>
beforeAll(async () => {
  crew = await openCrew()
  runner = auditImportRunner(
    { database: crew.database, files: { storage: folderStorage(emptyFolder()), quotaBytes: 1 } },
    { error: () => undefined },
  )
  const routes = [...importImplementations(runner), ...exportImplementations(), ...importedAuditImplementations()]
  api = await serveForTests(routes, crew.database)
})
afterAll(async () => {
  await runner.stop()
  await api.close()
  await crew.close()
})

const [clean, mop, ok] = [randomUUID(), randomUUID(), randomUUID()]
const content = {
  sections: [
    {
      ...{ id: randomUUID(), title: 'Kitchen' },
      items: [
        { kind: 'pass_fail', id: clean, label: '=Clean?', weight: 3 },
        {
          kind: 'choice',
          id: mop,
          label: 'Mop',
          options: [
            { id: ok, label: 'Fine', points: 5 },
            { id: randomUUID(), label: 'No', points: 0, fails: true },
          ],
        },
      ],
    },
  ],
  scoring: { scheme: 'weighted', auditType: 'internal', passPercent: 70 },
} as never

async function audited() {
  const id = await crew.list(await crew.form(content))
  const give = (itemId: string, value: object, note = '') =>
    crew.send(
      crew.cook,
      does.answer,
      { id: randomUUID(), checklistId: id, itemId, value, note } as never,
      minutesAgo(1),
    )
  await give(clean, { kind: 'pass_fail', passes: false }, 'Grease, "thick"')
  await give(mop, { kind: 'choice', options: [ok] })
  expect(await crew.send(crew.cook, does.complete, { checklistId: id }, minutesAgo(0))).toBe('applied')
}

const exported = async (actor: Actor, file = 'audits.json', query = '') =>
  api.ask(actor, `GET /audit-exports/${file}?${query}`)
async function importFor(actor: Actor, locationId: string, content: string) {
  const octets = { 'content-type': 'application/octet-stream' }
  const { body } = await api.ask(actor, 'POST /audit-imports?fileName=file', content, octets)
  await runner.idle()
  const { items } = (await api.ask(actor, `GET /audit-imports/${body.id}/places`)).body
  const said = items.map(({ id }: { id: string }) => ({ placeId: id, locationId }))
  await api.ask(actor, `PUT /audit-imports/${body.id}/places`, { items: said })
  await api.ask(actor, `POST /audit-imports/${body.id}/runs`, { makeTemplates: false })
  await runner.idle()
  return (await api.ask(actor, `GET /audit-imports/${body.id}`)).body
}

test('everything leaves in our own format, comes into another organization, and leaves there the same', async () => {
  await audited()
  const city =
    'Inspection ID,DBA Name,Inspection Date,Results,Violations\n1,Ann,02/03/2026,Pass w/ Conditions,"3. SOAP | 4. MICE, ""TWO"""\n'
  await importFor(crew.manager, crew.downtown, city)
  const peer = readFileSync(join(import.meta.dirname, '../fixtures/safetyculture-audit.json'), 'utf8')
  await importFor(crew.manager, crew.downtown, peer)

  const first = await exported(crew.manager)
  expect(first.body).toMatchObject({ format: 'opsflow.audits', version: 1 })
  expect(first.body.audits).toHaveLength(3)
  const [own] = first.body.audits.filter(({ source }: { source: string }) => source === 'opsflow')
  expect(own).toMatchObject({
    ...{ statedBy: 'Carl', result: 'fail', score: 5, max: 8, percent: 62.5, auditType: 'internal' },
    answers: [
      {
        section: 'Kitchen',
        label: '=Clean?',
        answer: 'fail',
        note: 'Grease, "thick"',
        score: 0,
        max: 1,
        weight: 3,
        fails: true,
      },
      { label: 'Mop', answer: 'Fine', score: 5, max: 5, fails: false },
    ],
    findings: [{ text: '=Clean?: Grease, "thick"' }],
  })

  const [there] = await crew.rows<{ id: string }>('select id from locations where tenant_id = $1 limit 1', [
    crew.stranger.tenantId,
  ])
  const arrived = await importFor(crew.stranger, there?.id ?? '', first.text)
  expect(arrived).toMatchObject({ kind: 'opsflow', state: 'done', rows: { total: 3, accepted: 3, refused: 0 } })
  const second = await exported(crew.stranger)
  const bySource = (audits: { source: string }[]) =>
    audits.toSorted((one, other) => (one.source < other.source ? -1 : 1))
  expect(bySource(second.body.audits)).toEqual(bySource(first.body.audits))

  expect(await importFor(crew.stranger, there?.id ?? '', second.text)).toMatchObject({
    rows: { accepted: 0, duplicate: 3 },
  })
  // What was done here is here: it comes home as nothing new.
  expect(await importFor(crew.manager, crew.downtown, first.text)).toMatchObject({
    rows: { accepted: 0, duplicate: 3 },
  })
})

test('tables say what was done here and what was imported, and run nothing in a spreadsheet', async () => {
  const audits = (await exported(crew.manager, 'audits.csv')).text.trim().split('\r\n')
  expect(audits).toHaveLength(4)
  expect(audits.filter((line) => line.startsWith('here,opsflow'))).toHaveLength(1)
  expect(audits.filter((line) => line.startsWith('imported,'))).toHaveLength(2)
  const answers = (await exported(crew.manager, 'answers.csv')).text
  expect(answers).toContain('Kitchen,\'=Clean?,fail,"Grease, ""thick""",0,1,3,yes,no')
  const findings = (await exported(crew.manager, 'findings.csv')).text
  expect(findings).toContain('4,"4. MICE, ""TWO"""')
  expect((await exported(crew.manager, 'audits.csv', 'to=2021-01-01')).text.trim().split('\r\n')).toHaveLength(2)
})

test('leaves with nobody else, and with nobody who may not', async () => {
  for (const file of ['audits.json', 'audits.csv', 'answers.csv', 'findings.csv']) {
    expect((await exported(crew.cook, file)).status).toBe(403)
  }
  expect((await exported(crew.stranger, 'audits.json', `locationId=${crew.downtown}`)).body.audits).toEqual([])
  // Whoever may do so elsewhere takes out what is there.
  expect((await exported(crew.pilot)).body.audits).toEqual([])
})

test('more than a file holds is refused, not cut', async () => {
  const rows = Array.from({ length: 600 }, (_, n) => `${9000 + n},Ann,02/04/2026,Pass,`)
  await importFor(
    crew.manager,
    crew.downtown,
    ['Inspection ID,DBA Name,Inspection Date,Results,Violations', ...rows].join('\n'),
  )
  expect((await exported(crew.manager)).body).toMatchObject({ status: 422, code: 'imports.too_many_audits' })
  expect((await exported(crew.manager, 'audits.json', 'to=2026-02-03')).status).toBe(200)
})

test('a file anyone may have written is read audit by audit', async () => {
  const good = (await exported(crew.manager, 'audits.json', 'to=2026-02-03')).body
  const [audit] = good.audits
  const wrong = [
    { ...audit, auditDate: '2026-02-31' },
    { ...audit, answers: new Array(6000).fill(null) },
    7,
    { ...audit, surprise: 1 },
  ]
  const done = await importFor(crew.manager, crew.downtown, JSON.stringify({ ...good, audits: [...wrong, audit] }))
  expect(done).toMatchObject({ rows: { total: 5, refused: 4, duplicate: 1 } })
})
