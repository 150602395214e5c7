import type pg from 'pg'
import { Edge } from '../../merkle.ts'
import { headHash, headText, NO_HEAD } from '../../signed-note.ts'
import { type FileStorage, headKey } from '../files/storage.ts'
import { type Job, nowAndThen, type RunningJob } from '../now-and-then.ts'
import { type LedgerKey, nodeGround } from './node-ground.ts'
import {
  headsToPublish,
  inTransaction,
  keepHead,
  keyInForce,
  notePublished,
  now,
  placeNext,
  takeLog,
  waitingTenants,
} from './store-seal.ts'

/** How long a change may wait for its place, when nothing is in the way. */
const SEAL_EVERY_MS = 5_000
/** So many changes of one tenant, then it is another's turn. */
const TOGETHER = 5_000
/** Roots of trees of 2^8, 2^16 … leaves are remembered. */
export const KEPT_LEVELS = 8
const PUBLISH_EVERY_MINUTES = 10

export type Sealer = {
  pool: pg.Pool
  key: LedgerKey
  storage: Pick<FileStorage, 'put'>
  log: Job['log']
}

export const startSealer = (sealer: Sealer): RunningJob =>
  nowAndThen({
    ...{ name: 'evidence log', everyMs: SEAL_EVERY_MS, log: sealer.log },
    work: () => sealAndPublish(sealer),
  })

export async function sealAndPublish(sealer: Sealer) {
  await sealAll(sealer)
  await publish(sealer)
}

/** Everybody who waits has a turn before anyone has a second one. One that fails does not hold up the others. */
export async function sealAll({
  pool,
  key,
  log,
}: Pick<Sealer, 'pool' | 'key'> & { log: Pick<Job['log'], 'error'> }): Promise<number> {
  const inForce = await keyInForce(pool)
  if (inForce === undefined) return 0 // the start states the first one
  if (inForce !== key.verifier.text) {
    throw new Error(`the key in force is ${inForce}, this process signs with ${key.verifier.text}: start it anew`)
  }
  let sealed = 0
  const done = new Set<string>()
  for (;;) {
    const waiting = (await waitingTenants(pool)).filter((tenantId) => !done.has(tenantId))
    if (waiting.length === 0) return sealed
    for (const tenantId of waiting) {
      const count = await inTransaction(pool, (client) => sealNext(client, key, tenantId)).catch((err: unknown) => {
        log.error({ err, tenantId }, 'evidence log of a tenant')
        return 0
      })
      sealed += count
      if (count < TOGETHER) done.add(tenantId)
    }
  }
}

/** The next changes, and a head over all there are: signed, after the head before it. */
async function sealNext(client: pg.ClientBase, key: LedgerKey, tenantId: string): Promise<number> {
  const log = await takeLog(client, tenantId)
  if (!log) return 0
  const leaves = await placeNext(client, tenantId, log.size, TOGETHER)
  if (leaves.length === 0) return 0
  const edge = new Edge(nodeGround.sha256, log.size, log.edge)
  const nodes: { level: number; place: number; root: Uint8Array }[] = []
  for (const { hash } of leaves) {
    edge.push(hash, (level, place, root) => level % KEPT_LEVELS === 0 && nodes.push({ level, place, root }))
  }
  const clock = await now(client)
  // A clock that was set back does not make a head older than the one before it.
  const at = log.lastAt && log.lastAt > clock ? log.lastAt : clock
  const previous = log.lastHead?.toString('base64') ?? NO_HEAD
  const text = headText({ origin: originOf(log.logId), size: edge.size, root: edge.root(), at, previous })
  await keepHead(client, tenantId, {
    ...{ size: edge.size, edge: edge.roots, at, nodes, note: key.sign(text) },
    hash: Buffer.from(headHash(nodeGround, text), 'base64'),
  })
  return leaves.length
}

/** What a log is called in its heads. */
export const originOf = (logId: string) => `opsflow/${logId}`

/** Outside the database, under names that stay: who keeps a copy of them can tell whether history was written anew. */
async function publish({ pool, storage, log }: Sealer) {
  for (const { tenantId, logId, size, day, note } of await headsToPublish(pool, PUBLISH_EVERY_MINUTES)) {
    try {
      await storage.put(headKey(logId, day), Buffer.from(note))
      await storage.put(headKey(logId), Buffer.from(note))
      await notePublished(pool, tenantId, size)
    } catch (err) {
      log.error({ err, tenantId }, 'publishing the head of an evidence log')
    }
  }
}
