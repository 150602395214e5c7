import { ImportSource } from '@opsflow/capabilities/audits'
import { Instant } from '@opsflow/platform/route'
import { z } from 'zod'
import { InspectionMapping } from './inspection-columns.ts'

/** 256 MiB. A city's whole history is less; more is split. */
export const MOST_BYTES = 256 * 1024 * 1024
/** A JSON is read as a whole. */
export const MOST_JSON_BYTES = 24 * 1024 * 1024
export const MOST_ROWS = 2_000_000
export const MOST_PLACES = 60_000
/** So many refused rows are kept to be mended; the others are counted. */
export const MOST_REFUSED = 10_000

export const ENCODINGS = ['utf-8', 'windows-1252', 'utf-16le'] as const
export const Encoding = z.enum(ENCODINGS)
export type Encoding = z.infer<typeof Encoding>

/**
 * receiving: its bytes arrive · reading: it is looked through · previewed: someone decides · running: it is imported · what
 * was imported before it was cancelled stays.
 */
export const ImportState = z.enum(['receiving', 'reading', 'previewed', 'running', 'done', 'failed', 'cancelled'])
export type ImportState = z.infer<typeof ImportState>

export const ImportKind = z.enum(['inspections', 'safetyculture', 'opsflow'])
export type ImportKind = z.infer<typeof ImportKind>

const LeftOutOf = z.object({ itemId: z.string(), label: z.string(), code: z.string(), detail: z.string() })
const CellError = z.object({ column: z.string(), code: z.string(), message: z.string() })
export const RefusedRow = CellError.extend({ row: z.int() })

/** What a file holds, as it was read from end to end. Nothing is imported by looking. */
export const Look = z.object({
  columns: z.array(z.string()),
  mapping: InspectionMapping.nullable(),
  missing: z.array(z.enum(['date', 'place'])),
  doubts: z.array(z.enum(['day_and_month_ambiguous', 'encoding_guessed'])),
  /** The first rows, with what each would be. */
  rows: z.array(
    z.object({
      row: z.int(),
      cells: z.array(z.string()),
      given: z
        .object({
          place: z.string(),
          name: z.string(),
          auditDate: z.string(),
          result: z.string(),
          score: z.number().nullable(),
          grade: z.string().nullable(),
          findings: z.int(),
        })
        .nullable(),
      errors: z.array(CellError),
    }),
  ),
  refused: z.int(),
  places: z.int(),
  /** Rows whose given grade or percentage is not what our rules come to; the first of them. */
  disagreeing: z.int(),
  disagreements: z.array(
    z.object({
      row: z.int(),
      place: z.string(),
      given: z.string(),
      points: z.number().nullable(),
      computed: z.string(),
    }),
  ),
  /** Templates that can be made of it, each with all that cannot be said in ours. */
  templates: z.array(
    z.object({
      sourceId: z.string(),
      name: z.string(),
      sections: z.int(),
      items: z.int(),
      /** It is one of ours already. */
      templateId: z.uuid().nullable(),
      canBeMade: z.boolean(),
      leftOut: z.array(LeftOutOf),
    }),
  ),
  /** Named by the audits of a peer, and how many of them the file brings along. Left out: looked at before there was this. */
  photos: z.object({ named: z.int(), found: z.int() }).optional(),
  /** Of audits: what stays behind at the peer. */
  leftOut: z.array(LeftOutOf.extend({ row: z.int() })),
  moreLeftOut: z.int(),
})
export type Look = z.infer<typeof Look>

export const AuditImport = z
  .object({
    id: z.uuid(),
    fileName: z.string(),
    bytes: z.int(),
    /** Of the file. Null: it is still arriving. */
    sha256: z.string().nullable(),
    state: ImportState,
    kind: ImportKind.nullable(),
    encoding: Encoding.nullable(),
    bytesRead: z.int(),
    rows: z.object({
      total: z.int().nullable(),
      done: z.int(),
      accepted: z.int(),
      /** Here already, the same. */
      duplicate: z.int(),
      /** Here already, and said otherwise then. What stands stays; each is among the refused rows. */
      differing: z.int(),
      /** Of a place that nobody said is ours. */
      unplaced: z.int(),
      refused: z.int(),
    }),
    /** Of a ZIP: how many are kept at their answers, and how many cannot be; why is among the refused rows. */
    photos: z.object({ kept: z.int(), refused: z.int() }),
    failure: z.string().nullable(),
    createdAt: Instant,
    createdBy: z.object({ id: z.uuid(), name: z.string() }).nullable(),
    finishedAt: Instant.nullable(),
    look: Look.nullable(),
  })
  .meta({ id: 'AuditImport' })
export type AuditImport = z.infer<typeof AuditImport>

export const AuditImportSummary = AuditImport.omit({ look: true }).meta({ id: 'AuditImportSummary' })

export const ImportPlace = z
  .object({
    id: z.uuid(),
    source: ImportSource,
    name: z.string(),
    licence: z.string(),
    address: z.string(),
    rows: z.int(),
    /** One of ours that it may be. Nothing is imported by a proposal. */
    proposed: z.object({ locationId: z.uuid(), by: z.enum(['licence', 'address', 'name']) }).nullable(),
    /** One of ours that somebody said it is. */
    locationId: z.uuid().nullable(),
  })
  .meta({ id: 'AuditImportPlace' })
export type ImportPlace = z.infer<typeof ImportPlace>
