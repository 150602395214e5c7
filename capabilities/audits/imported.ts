import { Instant } from '@opsflow/platform/route'
import { z } from 'zod'
import { AuditType } from './scoring.ts'

/** Where an imported audit comes from. opsflow: another organization's export, in our own format. */
export const ImportSource = z.enum(['chicago', 'nyc', 'inspections', 'safetyculture', 'opsflow'])
export type ImportSource = z.infer<typeof ImportSource>

/** A place as its source calls it. `key`: what the source knows it by, the same in every file. */
export const GivenPlace = z.strictObject({
  key: z.string().min(1).max(300),
  name: z.string().max(300),
  licence: z.string().max(100),
  address: z.string().max(500),
})
export type GivenPlace = z.infer<typeof GivenPlace>

const decimal = z.number().min(-1_000_000_000).max(1_000_000_000)

/** A question and what was answered, in the source's words. */
export const GivenAnswer = z.strictObject({
  section: z.string().max(600),
  label: z.string().max(2000),
  /** Empty: not answered. */
  answer: z.string().max(8000),
  note: z.string().max(8000),
  /** As the source scored it, before the weight. Null: it was not scored. */
  score: decimal.nullable(),
  max: decimal.nullable(),
  weight: z.int().min(0).max(1000),
  fails: z.boolean(),
  /** It was not asked, or its answer takes it out of the score. */
  leftOut: z.boolean(),
})
export type GivenAnswer = z.infer<typeof GivenAnswer>

/** What an authority or a peer found, word for word. It is no finding of ours: nobody owns it, and nothing is due. */
export const GivenFinding = z.strictObject({
  code: z.string().max(60),
  text: z.string().max(20_000),
  /** As the source calls it. Null: it does not say. */
  isCritical: z.boolean().nullable(),
})
export type GivenFinding = z.infer<typeof GivenFinding>

/** An audit as its source gives it. Nothing in it is ours, and nothing of it is changed by us. */
export const GivenAudit = z.strictObject({
  source: ImportSource,
  /** What the source knows it by: the same audit in two files is one. */
  sourceId: z.string().min(1).max(600),
  place: GivenPlace,
  name: z.string().min(1).max(300),
  auditType: AuditType,
  auditDate: z.iso.date(),
  /** Null: the source tells a day, or that it was never completed. */
  completedAt: Instant.nullable(),
  /** Who did it, as stated. */
  statedBy: z.string().max(300),
  /** Word for word: `Pass w/ Conditions`, `Out of Business`. */
  result: z.string().max(600),
  score: decimal.nullable(),
  max: decimal.nullable(),
  percent: decimal.nullable(),
  /** The grade that was posted. */
  grade: z.string().max(60).nullable(),
  answers: z.array(GivenAnswer).max(5000),
  findings: z.array(GivenFinding).max(2000),
  /** What else its file said, by the names of its columns. */
  columns: z.record(z.string().max(200), z.string().max(4000)),
})
export type GivenAudit = z.infer<typeof GivenAudit>

/** What our own rules make of what was given, beside it. */
export const ComputedBeside = z.object({
  grade: z.string().nullable(),
  points: z.number().nullable(),
  max: z.number().nullable(),
  percent: z.number().nullable(),
  /** What was given and what was computed are not the same. Where only one of them exists nothing disagrees. */
  disagrees: z.boolean(),
})
export type ComputedBeside = z.infer<typeof ComputedBeside>

/** An imported audit in a list: marked, and never among the audits done here without saying so. */
export const ImportedAudit = z
  .object({
    id: z.uuid(),
    locationId: z.uuid(),
    ...GivenAudit.omit({ answers: true, findings: true, columns: true }).shape,
    computed: ComputedBeside,
    findingCount: z.int(),
    /** SHA-256 of what the source gave. */
    digest: z.string().regex(/^[0-9a-f]{64}$/),
    importedAt: Instant,
    importedBy: z.object({ id: z.uuid(), name: z.string() }).nullable(),
    /** The file it came in, and its SHA-256. */
    file: z.object({ importId: z.uuid(), name: z.string(), sha256: z.string() }),
  })
  .meta({ id: 'ImportedAudit' })
export type ImportedAudit = z.infer<typeof ImportedAudit>

export const WholeImportedAudit = ImportedAudit.extend({
  answers: z.array(GivenAnswer),
  findings: z.array(GivenFinding),
  columns: z.record(z.string(), z.string()),
  /** Photos its file brought along, by the answer (counted from 0) each hangs at. */
  photos: z.array(z.object({ answer: z.int(), fileId: z.uuid(), sha256: z.string(), keptAt: Instant })),
}).meta({ id: 'WholeImportedAudit' })
export type WholeImportedAudit = z.infer<typeof WholeImportedAudit>
