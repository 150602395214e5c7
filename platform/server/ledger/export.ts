import { EVIDENCE } from '../../evidence-check.ts'
import { levelsOf } from '../../merkle.ts'
import type { ReadTx } from '../tenant.ts'
import { nodeGround } from './node-ground.ts'
import { nodesOf } from './nodes.ts'
import { originOf } from './seal.ts'
import {
  type EventLine,
  type Form,
  firstLeafSince,
  readAsDigested,
  readBatch,
  readBatches,
  readForms,
  readHeads,
  readKeys,
  readLeaves,
  readLog,
  readRows,
  readUnsealed,
  type Scope,
  strayRows,
} from './store-export.ts'

const PAGE = 2_000
/** A batch may hold a thousand rows. */
const BATCHES = 50

/**
 * The lines of an export (docs/evidence-format.md): what the log says of a scope since a time, and the records as they
 * stand. Read in one moment of the database, as someone who sees the whole tenant: also what is left out has to be counted.
 * Nothing, where nothing was sealed yet.
 */
export async function* evidenceLines(
  tx: ReadTx,
  scope: Scope & { since?: string | undefined },
): AsyncGenerator<string> {
  await readAsDigested(tx)
  const log = await readLog(tx)
  if (!log || log.size === 0) return
  let lines = 0
  const line = (content: object) => {
    lines++
    return `${JSON.stringify(content)}\n`
  }
  const from = scope.since ? await firstLeafSince(tx, scope.since).then((leaf) => leaf ?? log.size - 1) : 0
  const before = await Promise.all(rootsBefore(tx, from))
  yield line({
    ...{ evidence: EVIDENCE, origin: originOf(log.logId), made: new Date().toISOString() },
    ...{ source: scope.source, location: scope.locationId, from, size: log.size },
    before: before.map((root) => Buffer.from(root).toString('hex')),
  })
  for (const key of await readKeys(tx)) yield line({ key })
  for (const head of await readHeads(tx, from)) yield line({ head })

  for (let leaf = from; leaf < log.size; leaf += PAGE) {
    for (const event of await readLeaves(tx, leaf, Math.min(leaf + PAGE, log.size))) {
      const { source, location, body } = event
      if (!isIn(scope, event)) yield line({ elsewhere: [source, location, hashOf(body)] })
      else yield line({ event: [source, location, body] })
    }
  }
  for await (const { source, location, body } of unsealedOf(tx, scope))
    yield line({ unsealed: [source, location, body] })

  const forms = await readForms(tx)
  for (const source of new Set(forms.map((form) => form.source))) {
    if (scope.source !== null && scope.source !== source) continue
    const own = forms.filter((form) => form.source === source)
    if (own[0]?.inBatches) yield* batchLines(tx, own, scope, from, line)
    else yield* recordLines(tx, own, scope, from, line)
  }
  yield line({ end: { lines: lines + 1 } })
}

const isIn = (scope: Scope, { source, location }: EventLine) =>
  (scope.source === null || scope.source === source) && (scope.locationId === null || scope.locationId === location)

const hashOf = (body: string) => Buffer.from(nodeGround.sha256(nodeGround.utf8(body))).toString('hex')

async function* recordLines(tx: ReadTx, forms: Form[], scope: Scope, from: number, line: (content: object) => string) {
  const source = forms[0]?.source
  for (let after: string | null = null; ; ) {
    const rows = await readRows(tx, forms, scope, after)
    for (const { key, nonce, content, leaf, known } of rows) {
      if (known && leaf !== null && leaf < from) continue // last changed before this export begins
      yield line({ record: [source, key, nonce?.toString('hex') ?? null, content] })
    }
    after = rows.at(-1)?.key ?? null
    if (rows.length < 1000) return
  }
}

async function* batchLines(tx: ReadTx, forms: Form[], scope: Scope, from: number, line: (content: object) => string) {
  const [latest] = forms
  if (!latest) return
  for await (const { id, nonce, rows, body } of batchesOf(tx, scope, latest.source, from)) {
    if (!rows) continue
    const form = forms.find((known) => known.form === Number(body.split('\n')[3])) ?? latest
    const there = await readBatch(tx, form, rows)
    yield line({ batch: [id, nonce?.toString('hex') ?? null, rows.map((row) => [row, there.get(row) ?? null])] })
  }
  for (const { id, content } of await strayRows(tx, latest, scope)) {
    yield line({ record: [latest.source, id, null, content] })
  }
}

/** What the changes before this one come down to. */
function rootsBefore(tx: ReadTx, size: number): Promise<Uint8Array>[] {
  const node = nodesOf(tx)
  let from = 0
  return levelsOf(size).map((level) => {
    const root = node(level, from / 2 ** level)
    from += 2 ** level
    return root
  })
}

/** What is not sealed yet, a page at a time. */
async function* unsealedOf(tx: ReadTx, scope: Scope) {
  for (let after: string | null = null; ; ) {
    const events = await readUnsealed(tx, scope, after, PAGE)
    yield* events
    after = events.at(-1)?.id ?? null
    if (events.length < PAGE) return
  }
}

/** Batches of a table in the order they were told of; read again rather than remembered. */
async function* batchesOf(tx: ReadTx, scope: Scope, source: string, from: number) {
  for (let next = from; ; ) {
    const batches = await readBatches(tx, scope, source, next, BATCHES)
    yield* batches
    next = (batches.at(-1)?.leaf ?? 0) + 1
    if (batches.length < BATCHES) break
  }
  for await (const event of unsealedOf(tx, { ...scope, source })) if (event.op === 'batch') yield event
}
