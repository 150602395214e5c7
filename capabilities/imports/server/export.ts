import { type Audit, computedBeside, type GivenAudit, type WholeImportedAudit } from '@opsflow/capabilities/audits'
import { listAudits, wholeImported } from '@opsflow/capabilities/audits/server'
import { type Answer, type ChecklistForm, stepsOf } from '@opsflow/capabilities/checklists'
import { answersOfMany, readForms } from '@opsflow/capabilities/checklists/server'
import { can } from '@opsflow/platform/actor'
import { csvText } from '@opsflow/platform/csv'
import { refuse } from '@opsflow/platform/refusal'
import { type Implementation, implement } from '@opsflow/platform/server/http/implement'
import type { ReadTx } from '@opsflow/platform/server/tenant'
import { exportRoutes } from '../export-routes.ts'
import { EXPORT_FORMAT, EXPORT_VERSION } from '../exported.ts'
import { givenHere } from '../given-here.ts'
import { type ExportedPlace, findingsOfAudits, formsOfChecklists, placesOfExport, unitsByIds } from './store-export.ts'

const MOST_IN_TABLE = 2000
const MOST_IN_JSON = 500

type Asked = { locationId?: string | undefined; from?: string | undefined; to?: string | undefined }
/** One audit with where it lies here, and whether it was done here. */
type Told = { given: GivenAudit; location: string; origin: 'here' | 'imported' }

export const exportImplementations = (): Implementation[] =>
  implement(exportRoutes, {
    'GET /audit-exports/audits.csv': async ({ query, read, http }) => {
      const told = await read((tx) => everything(tx, query, MOST_IN_TABLE))
      http.setHeader('content-disposition', 'attachment; filename="audits.csv"')
      return csvText([AUDITS, ...told.map(auditRow)])
    },
    'GET /audit-exports/answers.csv': async ({ query, read, http }) => {
      const told = await read((tx) => everything(tx, query, MOST_IN_TABLE))
      http.setHeader('content-disposition', 'attachment; filename="answers.csv"')
      return csvText([[...KEYS, ...ANSWERS], ...told.flatMap(answerRows)])
    },
    'GET /audit-exports/findings.csv': async ({ query, read, http }) => {
      const told = await read((tx) => everything(tx, query, MOST_IN_TABLE))
      http.setHeader('content-disposition', 'attachment; filename="findings.csv"')
      return csvText([[...KEYS, ...FINDINGS], ...told.flatMap(findingRows)])
    },
    'GET /audit-exports/audits.json': async ({ query, read, http }) => {
      const told = await read((tx) => everything(tx, query, MOST_IN_JSON))
      http.setHeader('content-disposition', 'attachment; filename="audits.json"')
      const exportedOn = new Date().toISOString().slice(0, 10)
      return {
        ...({ format: EXPORT_FORMAT, version: EXPORT_VERSION } as const),
        exportedOn,
        audits: told.map(({ given }) => given),
      }
    },
  })

/** What was done here and what was imported, at places where the caller may take it out, the latest first. */
async function everything(tx: ReadTx, asked: Asked, most: number): Promise<Told[]> {
  const of = async <T>({ sql, params = [] }: { sql: string; params?: readonly unknown[] | undefined }) =>
    tx.query<T>(sql, params)
  const audits = await of<Audit>(listAudits(tx.actor, asked, most + 1))
  const imported = await of<WholeImportedAudit>(wholeImported(tx.actor, asked, most + 1))
  if (audits.length + imported.length > most) tooMany(most)
  const mine = ({ locationId }: { locationId: string }) => can(tx.actor, 'imports.run', locationId)
  const places = await placesOfExport(tx)
  const nameOf = (id: string) => places.get(id)?.name ?? ''
  const told: Told[] = [
    ...(await doneHere(tx, audits.filter(mine), places)),
    ...imported
      .filter(mine)
      .map((one) => ({ given: givenOf(one), location: nameOf(one.locationId), origin: 'imported' as const })),
  ]
  return told.sort((one, other) => (one.given.auditDate < other.given.auditDate ? 1 : -1))
}

async function doneHere(
  tx: ReadTx,
  audits: readonly Audit[],
  places: ReadonlyMap<string, ExportedPlace>,
): Promise<Told[]> {
  if (audits.length === 0) return []
  const checklists = audits.map(({ checklistId }) => checklistId)
  const formIds = await formsOfChecklists(tx, checklists)
  const forms = new Map((await readForms(tx, [...new Set(formIds.values())])).map((form) => [form.id, form]))
  const answers = byChecklist(await answersOfMany(tx, checklists))
  const entries = [...new Set([...answers.values()].flat().flatMap(({ entryId }) => entryId ?? []))]
  const units = entries.length > 0 ? await unitsByIds(tx, entries) : []
  const findings = await findingsOfAudits(
    tx,
    audits.map(({ id }) => id),
  )
  const stepsIn = (form: ChecklistForm | undefined, given: readonly Answer[]) => {
    const own = new Set(given.map(({ entryId }) => entryId))
    return form
      ? stepsOf(
          form.content,
          given,
          units.filter(({ id }) => own.has(id)),
        )
      : []
  }
  return audits.flatMap((audit) => {
    const location = places.get(audit.locationId)
    if (!location) return []
    const steps = stepsIn(forms.get(formIds.get(audit.checklistId) ?? ''), answers.get(audit.checklistId) ?? [])
    const given = givenHere({ audit, location, steps, findings: findings.get(audit.id) ?? [] })
    return [{ given, location: location.name, origin: 'here' as const }]
  })
}

function byChecklist(answers: readonly Answer[]): ReadonlyMap<string, Answer[]> {
  const of = new Map<string, Answer[]>()
  for (const answer of answers) {
    const known = of.get(answer.checklistId)
    if (known) known.push(answer)
    else of.set(answer.checklistId, [answer])
  }
  return of
}

const givenOf = (one: WholeImportedAudit): GivenAudit => ({
  ...{ source: one.source, sourceId: one.sourceId, place: one.place, name: one.name, auditType: one.auditType },
  ...{
    auditDate: one.auditDate,
    completedAt: one.completedAt && new Date(one.completedAt).toISOString(),
    statedBy: one.statedBy,
  },
  ...{ result: one.result, score: one.score, max: one.max, percent: one.percent, grade: one.grade },
  ...{ answers: one.answers, findings: one.findings, columns: one.columns },
})

const tooMany = (most: number) =>
  refuse('invalid', 'imports.too_many_audits', {
    detail: `More than ${most} audits. Choose fewer days or one location.`,
    errors: [{ path: 'query.to', code: 'imports.too_many_audits', message: 'Choose fewer days or one location.' }],
  })

const text = (value: number | boolean | null) => (value === null ? '' : String(value))

const KEYS = ['origin', 'source', 'source_id', 'location', 'audit_date', 'audit']
const keysOf = ({ given, location, origin }: Told) => [
  ...[origin, given.source, given.sourceId, location, given.auditDate, given.name],
]

const AUDITS = [
  ...KEYS,
  ...[
    'audit_type',
    'completed_at',
    'stated_by',
    'place',
    'licence',
    'address',
    'result',
    'given_points',
    'given_max',
    'given_percent',
  ],
  ...[
    'given_grade',
    'computed_points',
    'computed_max',
    'computed_percent',
    'computed_grade',
    'disagrees',
    'answers',
    'findings',
  ],
]
function auditRow(told: Told): string[] {
  const { given } = told
  const ours = computedBeside(given)
  return [
    ...keysOf(told),
    ...[
      given.auditType,
      given.completedAt ?? '',
      given.statedBy,
      given.place.name,
      given.place.licence,
      given.place.address,
    ],
    ...[given.result, text(given.score), text(given.max), text(given.percent), given.grade ?? ''],
    ...[text(ours.points), text(ours.max), text(ours.percent), ours.grade ?? '', ours.disagrees ? 'yes' : 'no'],
    ...[String(given.answers.length), String(given.findings.length)],
  ]
}

const ANSWERS = ['section', 'question', 'answer', 'note', 'points', 'max_points', 'weight', 'fails', 'left_out']
const answerRows = (told: Told): string[][] =>
  told.given.answers.map((one) => [
    ...keysOf(told),
    ...[one.section, one.label, one.answer, one.note, text(one.score), text(one.max), String(one.weight)],
    ...[one.fails ? 'yes' : 'no', one.leftOut ? 'yes' : 'no'],
  ])

const FINDINGS = ['code', 'finding', 'critical']
const findingRows = (told: Told): string[][] =>
  told.given.findings.map((one) => [...keysOf(told), one.code, one.text, text(one.isCritical)])
