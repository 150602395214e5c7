import type { LoggedEvent } from '@opsflow/platform/evidence-event'
import { type CheckedRecord, checkRecord } from '@opsflow/platform/record-check'
import { readHead, readNote } from '@opsflow/platform/signed-note'
import type { LedgerEvent, LedgerProof } from '../history.ts'
import { ground } from './ground.ts'
import { keepHead, keptHead } from './kept-head.ts'

export type VerifiedRecord = CheckedRecord & {
  /** Rows as they stand, by kind and id, of those that are what was sealed. */
  contents: ReadonlyMap<string, string>
  mayCheckRows: boolean
  unsealed: number
  hadKept: boolean
}

/**
 * Checks a record's history here: that what is shown is what was sealed, under a head that is signed and goes on from the one
 * this browser kept. A head that holds is kept for the next time.
 *
 * @param shown the history as it stands on the screen. @param log under what its head is kept: the organization.
 */
export async function verifyRecord(
  shown: readonly LedgerEvent[],
  fetchProof: (kept: number | undefined) => Promise<LedgerProof>,
  log: string,
): Promise<VerifiedRecord> {
  const kept = keptHead(log)
  const proof = await fetchProof(sizeOf(kept))
  const checked = await checkRecord(ground, proof, kept)
  const inTree = new Map(checked.events.map(({ leaf, event }) => [leaf, event]))
  for (const line of shown) {
    if (line.leaf === null || isSameAs(line, inTree.get(line.leaf))) continue
    checked.wrong.push(`Change ${line.leaf} (${line.kind} ${line.recordId}) is shown otherwise than it was sealed.`)
  }
  if (checked.wrong.length === 0) keepHead(log, proof.head)
  return {
    ...checked,
    contents: new Map(proof.rows.map(({ source, key, content }) => [`${source}/${key}`, content ?? ''])),
    mayCheckRows: proof.rows.length > 0,
    unsealed: shown.filter(({ leaf }) => leaf === null).length,
    hadKept: kept !== undefined,
  }
}

const sizeOf = (head: string | undefined) => readHead(readNote(head ?? '')?.text ?? '')?.size

function isSameAs(line: LedgerEvent, event: LoggedEvent | undefined): boolean {
  if (!event) return false
  const { id, source, key, op, before, after, actor, said, at } = event
  const asSealed = [id, source, key, op, before, after, actor, said, Date.parse(at)]
  const { doing, kind, recordId } = line
  const asShown = [
    ...[line.id, kind, recordId, line.op, line.before ?? '-', line.after ?? '-'],
    ...[JSON.stringify(line.actor), doing, Date.parse(line.at)],
  ]
  return asSealed.every((value, n) => value === asShown[n])
}
