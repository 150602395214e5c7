import type { Actor } from '@opsflow/platform/actor'
import { csvRowsOf } from '@opsflow/platform/server/csv-file'
import type { Database } from '@opsflow/platform/server/tenant'
import { uuid7 } from '@opsflow/platform/server/uuid7'
import { type Encoding, MOST_ROWS } from '../audit-import.ts'
import { exportedAudit } from '../exported.ts'
import type { InspectionMapping } from '../inspection-columns.ts'
import { inspectionReader, type ReadRow } from '../read-inspection.ts'
import { MOST_AUDITS, type ReadExport, readJson } from '../read-json.ts'
import type { LeftOut } from '../safetyculture.ts'
import { type PeerPhoto, peerAudit } from '../safetyculture-audit.ts'
import { type PeerTemplate, peerTemplate } from '../safetyculture-template.ts'
import { FileProblem } from './file-problem.ts'
import { chunksOf } from './store-imports.ts'

/** One audit of a file, or one row of it; counted from 1 below the header. */
export type FileRow = {
  row: number
  cells: readonly string[]
  read: ReadRow
  leftOut: readonly LeftOut[]
  photos?: readonly PeerPhoto[]
}

type Kept = { id: string; encoding: Encoding }

/** The text of a kept file, piece by piece. What has no meaning in its encoding becomes the sign for that. */
export async function* textOf(
  database: Database,
  actor: Actor,
  { id, encoding }: Kept,
  onBytes: (bytes: number) => void = () => undefined,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  let bytes = 0
  for await (const chunk of chunksOf(database, actor, id)) {
    bytes += chunk.length
    onBytes(bytes)
    yield decoder.decode(chunk, { stream: true }).replaceAll('\0', '\uFFFD')
  }
  yield decoder.decode()
}

/** Rows of a file of inspections, header first: `begin` says how they are read. */
export async function* inspectionRows(
  text: AsyncIterable<string>,
  begin: (header: string[], first: string[][]) => InspectionMapping,
): AsyncGenerator<FileRow> {
  const rows = csvRowsOf(text, { owner: 'imports', mostRows: MOST_ROWS })
  let header: string[] | undefined
  let waiting: string[][] = []
  let read: ((cells: readonly string[]) => ReadRow) | undefined
  let row = 0
  const told = (cells: string[], by: (cells: readonly string[]) => ReadRow): FileRow => ({
    ...{ row: ++row, cells, read: by(cells), leftOut: [] },
  })
  for await (const cells of rows) {
    if (!header) {
      header = cells
      if (header.length > 200) throw new FileProblem('too_many_columns', 'At most 200 columns.')
    } else if (read) yield told(cells, read)
    else if (waiting.push(cells) === LOOKED_AT) {
      const by = inspectionReader(header, begin(header, waiting))
      read = by
      for (const one of waiting) yield told(one, by)
      waiting = []
    }
  }
  if (!header || (waiting.length === 0 && row === 0))
    throw new FileProblem('file_empty', 'It has no rows below its header.')
  if (read) return
  const by = inspectionReader(header, begin(header, waiting))
  for (const one of waiting) yield told(one, by)
}

const LOOKED_AT = 50

export type JsonAudits = {
  kind: 'safetyculture' | 'opsflow'
  rows: FileRow[]
  /** Each template once, whichever audit brought it. */
  templates: PeerTemplate[]
}

/** The audits of a JSON, which is read as a whole. */
export async function jsonAudits(text: AsyncIterable<string>): Promise<JsonAudits> {
  let whole = ''
  for await (const piece of text) whole += piece
  return auditsOf([whole])
}

/** The audits of several JSONs, as if they were one list. */
export function auditsOf(texts: readonly string[]): JsonAudits {
  const rows: FileRow[] = []
  const templates = new Map<string, PeerTemplate>()
  let kind: JsonAudits['kind'] | undefined
  for (const text of texts) {
    const file = readJson(text)
    if (file.kind === 'refused') throw new FileProblem(file.code, file.detail)
    kind ??= file.kind
    if (file.kind === 'opsflow') {
      for (const one of file.audits)
        rows.push({ row: rows.length + 1, cells: [], read: exportedAudit(one), leftOut: [] })
    } else takePeers(file.exports, rows, templates)
    if (rows.length > MOST_AUDITS) throw new FileProblem('too_many_audits', `At most ${MOST_AUDITS} in a file.`)
  }
  if (rows.length === 0 && kind !== 'safetyculture') throw new FileProblem('file_empty', 'It holds no audits.')
  return { kind: kind ?? 'safetyculture', rows, templates: [...templates.values()] }
}

function takePeers(exports: readonly ReadExport[], rows: FileRow[], templates: Map<string, PeerTemplate>) {
  // Counted as they stand in the file: a template alone is none of the rows, and keeps its number all the same.
  const before = rows.at(-1)?.row ?? 0
  for (const [n, one] of exports.entries()) {
    const at = { row: before + n + 1, cells: [] }
    if (!one.ok) {
      const errors = [{ column: '', code: 'audit_unreadable' as const, message: one.wrong.slice(0, 1000) }]
      rows.push({ ...at, read: { ok: false, errors }, leftOut: [] })
      continue
    }
    const { exported } = one
    if (!templates.has(exported.template_id)) templates.set(exported.template_id, peerTemplate(exported, uuid7))
    if (exported.audit_id) rows.push({ ...at, ...peerAudit(exported) })
  }
}
