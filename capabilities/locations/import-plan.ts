import { z } from 'zod'

/** What a file would do, or has done. Nothing is written before it was seen like this. */
export const ImportPlan = z
  .object({
    /** The file's columns, each with the field it is read as; null: left out. */
    columns: z.array(z.object({ name: z.string(), field: z.string().nullable() })),
    create: z.int(),
    change: z.int(),
    leave: z.int(),
    refused: z.int(),
    /** The first rows, those that are refused before the others. */
    rows: z.array(
      z.object({
        /** Counted from 1 below the header. */
        row: z.int(),
        name: z.string(),
        outcome: z.enum(['create', 'change', 'leave', 'refused']),
        changes: z.array(z.string()),
        errors: z.array(z.object({ column: z.string(), code: z.string(), message: z.string() })),
      }),
    ),
    /** Sent back to have exactly this done; null while a row is refused, or when all was done. */
    plan: z.string().nullable(),
    applied: z.boolean(),
  })
  .meta({ id: 'ImportPlan' })
export type ImportPlan = z.infer<typeof ImportPlan>
export type PlannedRow = ImportPlan['rows'][number]

export const ImportQuery = z.strictObject({
  /** The fields of the file's columns in their order, separated by commas; empty: left out. Default: by the header. */
  columns: z.string().max(4000).optional(),
  /** The plan of a preview, to have it done. */
  plan: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'Send the plan of a preview as it was.')
    .optional(),
})
export type ImportQuery = z.infer<typeof ImportQuery>

export const CsvBytes = z
  .custom<Uint8Array>((body) => body instanceof Uint8Array && body.length > 0, 'Send the file as the body.')
  .meta({ override: { type: 'string' }, description: 'CSV in UTF-8, with a header line' })

const SHOWN_ROWS = 200

/** A plan of rows, with its counts and what is shown of it. */
export function planOf(columns: ImportPlan['columns'], rows: readonly PlannedRow[]): ImportPlan {
  const count = (outcome: PlannedRow['outcome']) => rows.filter((row) => row.outcome === outcome).length
  return {
    columns,
    create: count('create'),
    change: count('change'),
    leave: count('leave'),
    refused: count('refused'),
    rows: [...rows]
      .sort((a, b) => Number(b.outcome === 'refused') - Number(a.outcome === 'refused') || a.row - b.row)
      .slice(0, SHOWN_ROWS),
    plan: null,
    applied: false,
  }
}
