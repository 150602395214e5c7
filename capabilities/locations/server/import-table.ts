import { createHash } from 'node:crypto'
import { refuse } from '@opsflow/platform/refusal'
import { type CsvTable, csvTable } from '@opsflow/platform/server/csv-file'
import type { ImportPlan, ImportQuery } from '../import-plan.ts'

/** What kind of file it is: whose refusals, how long at most, and what its columns mean. */
export type FileKind = {
  owner: string
  mostRows: number
  fieldOf: (name: string) => string | null
  isField: (field: string) => boolean
}

export type Columns = ImportPlan['columns']

/** The rows of a file with the meaning of its columns: as they are called, or as the caller says. */
export async function importTable(
  content: Uint8Array,
  { columns: named }: ImportQuery,
  { owner, mostRows, fieldOf, isField }: FileKind,
): Promise<CsvTable & { columns: Columns }> {
  const table = await csvTable(content, { owner, mostRows })
  const fields = named === undefined ? table.header.map(fieldOf) : named.split(',').map((field) => field.trim() || null)
  const twice = fields.find((field, n) => field !== null && fields.indexOf(field) !== n)
  const unknown = fields.find((field) => field !== null && !isField(field))
  const wrong = twice ?? unknown
  if (wrong) {
    const message = twice ? `Two columns are read as ${wrong}.` : `There is no field ${wrong}.`
    refuse('invalid', `${owner}.columns_wrong`, {
      detail: message,
      errors: [{ path: 'query.columns', code: `${owner}.columns_wrong`, message }],
    })
  }
  if (!fields.includes('name')) {
    const message = 'Say which column holds the name.'
    refuse('invalid', `${owner}.columns_wrong`, {
      detail: message,
      errors: [{ path: 'query.columns', code: `${owner}.name_missing`, message }],
    })
  }
  const columns = table.header.map((name, n) => ({
    name: name.replace('\uFEFF', '').trim().slice(0, 200),
    field: fields[n] ?? null,
  }))
  return { ...table, columns }
}

/** What a plan is known by: the same file on the same rows plans the same. */
export const planMark = (planned: unknown): string => createHash('sha256').update(JSON.stringify(planned)).digest('hex')

/** Only what was seen is done: a plan that is no longer what would happen is refused, and so is one with errors. */
export function demandPlan(owner: string, wanted: string, mark: string, { refused }: ImportPlan): void {
  if (refused > 0) {
    refuse('invalid', `${owner}.import_has_errors`, {
      detail: `${refused} ${refused === 1 ? 'row is' : 'rows are'} wrong. Nothing was written.`,
      errors: [{ path: 'body', code: `${owner}.import_has_errors`, message: 'Mend the rows the preview names.' }],
    })
  }
  if (wanted === mark) return
  refuse('conflict', `${owner}.import_outdated`, {
    detail: 'This is not what was previewed: the file or the records changed meanwhile. Look at the preview again.',
  })
}
