import { fromHex, type Ground, hexOf } from './signed-note.ts'

/** A change as its body says it (docs/evidence-format.md). */
export type LoggedEvent = {
  id: string
  source: string
  key: string
  op: string
  before: string
  after: string
  /** As JSON. */
  actor: string
  said: string | null
  at: string
  rows: string[]
}

export function readEvent(source: string, body: string): LoggedEvent | undefined {
  const [id, key, op, , before, after, actor, said, at, rows, ...rest] = body.split('\n')
  if (!id || !key || !op || !before || !after || !actor || !said || !at || !rows || rest.join('') !== '')
    return undefined
  try {
    return {
      ...{ id, source, key: JSON.parse(key), op, before, after, actor, at },
      said: said === '-' ? null : JSON.parse(said),
      rows: rows === '-' ? [] : rows.split(','),
    }
  } catch {
    return undefined
  }
}

/** What the tree holds of an event: its kind and place openly, its body as a digest. */
export const leafText = (source: string, location: string | null, bodyHash: string) =>
  `opsflow-event/1\n${source}\n${location ?? '-'}\n${bodyHash}\n`

export const rowDigest = ({ sha256, utf8 }: Ground, nonce: string, content: string) =>
  hexOf(sha256(fromHex(nonce) ?? new Uint8Array(), utf8(content)))

/** Who changed a row in the database itself, beside the product; undefined: the product did, or its upkeep. */
export const roleBeside = (actor: string): string | undefined =>
  /^"database:(?!opsflow_(?:owner|relay|auth|sealer)"$)(.*)"$/.exec(actor)?.[1]
