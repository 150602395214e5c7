import { type Actor, systemActor } from '@opsflow/platform/actor'
import { Refusal } from '@opsflow/platform/refusal'
import type { Database } from '@opsflow/platform/server/tenant'
import { FileProblem } from './file-problem.ts'
import { type FileRow, inspectionRows, textOf } from './file-rows.ts'
import { keepPhotos, type PhotoParts } from './keep-photos.ts'
import { keptAudits } from './kept-audits.ts'
import { lookThrough, TooManyPlaces } from './look.ts'
import { type Places, placeKey, recordRows } from './record-rows.ts'
import {
  type AcrossTenants,
  cutOffImports,
  endImport,
  forgottenImports,
  type KeptImport,
  lockImport,
  moveImport,
  readImport,
} from './store-imports.ts'
import { placedPlaces } from './store-rows.ts'

const BATCH_ROWS = 1000

type KeptAudits = Awaited<ReturnType<typeof keptAudits>>

export type ImportParts = PhotoParts & {
  /** Called after each batch; a test may throw here, as a kill would. */
  afterBatch?: (rowsDone: number) => void
}

/** What is due with an import: it is looked through, or imported, or neither. */
export async function workOn(parts: ImportParts, actor: Actor, id: string): Promise<void> {
  const { database, isStopping = () => false } = parts
  const one = await database.read(actor, (tx) => readImport(tx, id))
  if (one?.state === 'reading') await lookThrough(database, actor, one, isStopping)
  if (one?.state === 'running') await importRows(parts, actor, one)
}

/**
 * Imports a file batch by batch. The count moves in the transaction of its batch, so what was cut off goes on exactly where it
 * stopped, two that are at it never both record a batch, and a cancelled one ends at the next.
 */
async function importRows(parts: ImportParts, actor: Actor, one: KeptImport) {
  const kept = one.mapping ? undefined : await keptAudits(parts.database, actor, one)
  try {
    await importKept(parts, actor, one, kept)
  } finally {
    kept?.pack?.close()
  }
}

async function importKept(parts: ImportParts, actor: Actor, one: KeptImport, kept: KeptAudits | undefined) {
  const { database, afterBatch, isStopping } = parts
  const placed = await database.read(actor, (tx) => placedPlaces(tx, one.id))
  const places: Places = new Map(placed.map(({ source, key, locationId }) => [placeKey(source, key), locationId]))
  let done = one.rows.done
  let batch: FileRow[] = []
  const flush = async () => {
    const from = done
    const rows = batch
    ;[batch, done] = [[], done + rows.length]
    return database.write(actor, async (tx) => {
      const now = await lockImport(tx, one.id)
      if (now?.state !== 'running' || now.rows.done !== from) return false
      await moveImport(tx, one.id, await recordRows(tx, one.id, rows, places))
      return true
    })
  }
  for await (const row of kept?.rows ?? inspections(database, actor, one)) {
    if (row.row <= one.rows.done) continue
    if (isStopping?.()) return
    if (batch.push(row) < BATCH_ROWS) continue
    if (!(await flush())) return
    afterBatch?.(done)
  }
  if (batch.length > 0 && !(await flush())) return
  if (kept?.pack && !(await keepPhotos(parts, actor, one, { rows: kept.rows, places, pack: kept.pack }))) return
  await database.write(actor, async (tx) => {
    const now = await lockImport(tx, one.id)
    if (now?.state === 'running' && now.rows.done === done) await endImport(tx, one.id, 'done')
  })
}

async function* inspections(database: Database, actor: Actor, one: KeptImport): AsyncGenerator<FileRow> {
  const { mapping } = one
  if (!mapping) return
  yield* inspectionRows(textOf(database, actor, { id: one.id, encoding: one.encoding ?? 'utf-8' }), () => mapping)
}

type Log = { error: (context: object, message: string) => void }

/** Imports that go on in this process, each once. */
export function auditImportRunner(parts: ImportParts, log: Log) {
  const running = new Map<string, Promise<void>>()
  let stopping = false
  const go = async (actor: Actor, id: string) => {
    try {
      await workOn({ isStopping: () => stopping, ...parts }, actor, id)
    } catch (error) {
      // A lost connection leaves it as it is, to go on; anything else would only fail again.
      if (error instanceof Refusal && error.kind === 'unavailable') return
      const failure = failureOf(error)
      if (failure === 'failed') log.error({ err: error, importId: id }, 'import of audits failed')
      await parts.database
        .write(actor, async (tx) => {
          const now = await lockImport(tx, id)
          if (now?.state === 'reading' || now?.state === 'running') await endImport(tx, id, 'failed', failure)
        })
        .catch((err: unknown) => log.error({ err, importId: id }, 'import of audits failed'))
    }
  }
  return {
    start(tenantId: string, organizationId: string, id: string) {
      const before = running.get(id) ?? Promise.resolve()
      const going = before
        .then(() => go(systemActor(tenantId, organizationId, 'audit-import'), id))
        .finally(() => running.get(id) === going && running.delete(id))
      running.set(id, going)
    },
    idle: async () => {
      while (running.size > 0) await Promise.all(running.values())
    },
    /** Ends after the batch under way. */
    async stop() {
      stopping = true
      await Promise.all(running.values())
    },
  }
}

export type AuditImportRunner = ReturnType<typeof auditImportRunner>

/** What somebody can do something about has a name; the rest is a bug, and logged. */
function failureOf(error: unknown): string {
  if (error instanceof FileProblem) return error.code
  if (error instanceof TooManyPlaces) return 'too_many_places'
  if (error instanceof Refusal && error.code.startsWith('imports.')) return error.code.slice('imports.'.length)
  return 'failed'
}

/** After a start: imports that were cut off go on. */
export async function resumeAuditImports(relay: AcrossTenants, runner: AuditImportRunner): Promise<number> {
  const cutOff = await cutOffImports(relay)
  for (const { tenantId, organizationId, id } of cutOff) runner.start(tenantId, organizationId, id)
  return cutOff.length
}

/** Files that nobody went on with are let go. */
export async function forgetAuditImports(database: Database, relay: AcrossTenants): Promise<number> {
  const forgotten = await forgottenImports(relay)
  for (const { tenantId, organizationId, id } of forgotten) {
    await database.write(systemActor(tenantId, organizationId, 'audit-import'), async (tx) => {
      const now = await lockImport(tx, id)
      if (now?.state === 'receiving' || now?.state === 'previewed') await endImport(tx, id, 'cancelled', 'forgotten')
    })
  }
  return forgotten.length
}
