import { createHash } from 'node:crypto'
import { computedBeside, type GivenAudit, type GivenFinding } from '@opsflow/capabilities/audits'
import {
  doneHere,
  insertImported,
  insertImportedFindings,
  type NewImported,
  type NewImportedFinding,
} from '@opsflow/capabilities/audits/server'
import type { Tx } from '@opsflow/platform/server/tenant'
import type { FileRow } from './file-rows.ts'
import type { Moved } from './store-imports.ts'
import { insertErrors } from './store-rows.ts'

/** Which of our locations a place of a source is, as somebody said. */
export type Places = ReadonlyMap<string, string>
export const placeKey = (source: string, key: string) => `${source} ${key}`

/**
 * Records rows of our places, each once however often it comes: the audits in one statement, their findings in another.
 * What is here already is not touched; where it was said otherwise then, the row says so.
 */
export async function recordRows(tx: Tx, importId: string, rows: readonly FileRow[], places: Places): Promise<Moved> {
  const moved: Moved = { done: rows.length, accepted: 0, duplicate: 0, differing: 0, unplaced: 0 }
  const audits = new Map<string, NewImported>()
  const rowsOf: { row: FileRow; audit: NewImported; given: GivenAudit }[] = []
  for (const row of rows) {
    if (!row.read.ok) continue
    const { given } = row.read
    const locationId = places.get(placeKey(given.source, given.place.key))
    if (!locationId) moved.unplaced += 1
    else {
      const audit = newAudit(tx.actor.tenantId, locationId, given)
      if (!audits.has(audit.id)) audits.set(audit.id, audit)
      rowsOf.push({ row, audit, given })
    }
  }
  const ours = await auditsDoneHere(tx, [...audits.values()])
  const outcomes = await insertImported(
    tx,
    importId,
    [...audits.values()].filter(({ given }) => !ours.has(given.sourceId)),
  )
  // Rows of one inspection that stand in one file may say different things too: the first stands.
  const outcomeOf = ({ id, digest }: NewImported) =>
    audits.get(id)?.digest.equals(digest) ? outcomes.get(id) : ('other' as const)
  const taken = rowsOf.filter(({ audit, given }) => {
    const outcome = outcomeOf(audit)
    return outcome === 'made' || (outcome === 'same' && isPartOfOne(given))
  })
  const found = new Set(
    await insertImportedFindings(tx, oneEach(taken.flatMap(({ audit, given }) => newFindings(audit, given)))),
  )
  const counted = new Set<string>()
  const differing: FileRow[] = []
  for (const { row, audit, given } of rowsOf) {
    const outcome = outcomeOf(audit)
    const isFirst = !counted.has(audit.id)
    counted.add(audit.id)
    const brings = newFindings(audit, given).filter(({ id }) => found.delete(id))
    if (outcome === 'other') {
      moved.differing += 1
      differing.push(row)
    } else if ((outcome === 'made' && isFirst) || brings.length > 0) moved.accepted += 1
    else moved.duplicate += 1
  }
  await insertErrors(
    tx,
    importId,
    differing.map(({ row, cells }) => ({ row, cells, column: '', code: 'differs', message: DIFFERS })),
  )
  return moved
}

const DIFFERS = 'This inspection is here already, and was told otherwise then. What stands was not changed.'

/** New York City writes an inspection in as many rows as it has violations. */
const isPartOfOne = ({ source }: GivenAudit) => source === 'nyc'

export function newAudit(tenantId: string, locationId: string, given: GivenAudit): NewImported {
  const { columns: _, findings, ...said } = given
  const content = JSON.stringify(isPartOfOne(given) ? said : { ...said, findings })
  return {
    id: idOf(tenantId, given.source, given.sourceId),
    ...{ locationId, given, computed: computedBeside(given) },
    digest: createHash('sha256').update(content).digest(),
  }
}

function newFindings({ id, locationId }: NewImported, given: GivenAudit): NewImportedFinding[] {
  return given.findings.map((finding, n) => ({
    id: idOf(id, isPartOfOne(given) ? '' : `${n}`, finding.code, finding.text),
    ...{ locationId, auditId: id, position: isPartOfOne(given) ? 0 : n },
    ...(finding satisfies GivenFinding),
  }))
}

/** An id that follows from what a thing is: a UUID of version 8, so that the same thing is the same row. */
export function idOf(...parts: string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest()
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x80
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80
  const hex = hash.toString('hex', 0, 16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

const oneEach = <T extends { id: string }>(all: readonly T[]): T[] => [
  ...new Map(all.map((one) => [one.id, one])).values(),
]

/** An export of ours that comes home: what was done here is here. */
function auditsDoneHere(tx: Tx, audits: readonly NewImported[]): Promise<ReadonlySet<string>> {
  const ids = audits.flatMap(({ given }) =>
    given.source === 'opsflow' && UUID.test(given.sourceId) ? [given.sourceId] : [],
  )
  return ids.length > 0 ? doneHere(tx, ids) : Promise.resolve(new Set())
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
