import { consistencyProof, inclusionProof } from '../../merkle.ts'
import type { RecordProof } from '../../record-check.ts'
import { hexOf } from '../../signed-note.ts'
import type { ReadTx } from '../tenant.ts'
import { nodeGround } from './node-ground.ts'
import { nodesOf } from './nodes.ts'
import { originOf } from './seal.ts'
import {
  readAsDigested,
  readEvents,
  readForms,
  readHeadNotes,
  readKeys,
  readLog,
  readRows,
  readWaiting,
} from './store-export.ts'

export type Asked = {
  leaves: readonly number[]
  /** Of which the content may leave, by where their last change was. */
  showsRowsAt: (location: string | null) => boolean
  /** The size of a head that whoever asks kept. */
  kept?: number | undefined
}

/**
 * The proof of these changes under the last head, and the rows they are of as they stand. Read as someone who sees the whole
 * tenant: the hashes that lead to the head are of everybody's changes. Undefined: nothing was sealed yet.
 */
export async function proofOf(tx: ReadTx, { leaves, showsRowsAt, kept }: Asked): Promise<RecordProof | undefined> {
  await readAsDigested(tx)
  const log = await readLog(tx)
  const head = await readHeadNotes(tx, kept)
  if (!log || !head) return undefined
  const { sha256 } = nodeGround
  const node = nodesOf(tx)
  const events: RecordProof['events'][number][] = []
  const last = new Map<string, { source: string; key: string; op: string; location: string | null; leaf: number }>()
  for (const { leaf, source, location, body, key, op } of await readEvents(tx, leaves)) {
    const proof = (await inclusionProof(sha256, node, leaf, log.size)).map(hexOf)
    events.push({ leaf, source, location, body, proof })
    if (op === 'batch') continue
    const name = `${source}/${key}`
    last.set(name, { source, key, op: op === 'forget' ? (last.get(name)?.op ?? op) : op, location, leaf })
  }
  const shown = [...last.values()].filter(({ op, location }) => op !== 'delete' && showsRowsAt(location))
  const isKeptHere = kept !== undefined && head.isOlderThere && kept <= log.size
  return {
    ...{ origin: originOf(log.logId), keys: await readKeys(tx), head: head.note, events },
    since: isKeptHere ? { size: kept, proof: (await consistencyProof(sha256, node, kept, log.size)).map(hexOf) } : null,
    rows: await rowsOf(tx, shown),
  }
}

/** As they stand; one that has changed since is left out, for its last change is not among those asked for. */
async function rowsOf(tx: ReadTx, asked: readonly { source: string; key: string; leaf: number }[]) {
  const forms = await readForms(tx)
  const rows: RecordProof['rows'][number][] = []
  for (const source of new Set(asked.map((one) => one.source))) {
    const own = asked.filter((one) => one.source === source)
    const keys = own.map(({ key }) => key)
    const whole = { source, locationId: null }
    const ofSource = forms.filter((form) => form.source === source)
    const there = new Map((await readRows(tx, ofSource, whole, null, keys)).map((row) => [row.key, row]))
    const waiting = await readWaiting(tx, source, keys)
    for (const { key, leaf } of own) {
      const row = there.get(key)
      if (waiting.has(key) || (row && row.leaf !== leaf)) continue
      rows.push({ source, key, nonce: row?.nonce?.toString('hex') ?? null, content: row?.content ?? null })
    }
  }
  return rows
}
