import { type Actor, systemActor } from '@opsflow/platform/actor'
import { Refusal } from '@opsflow/platform/refusal'
import { inOrder, MOST_ATTEMPTS } from '@opsflow/platform/server/attempts'
import { eachAlone } from '@opsflow/platform/server/in-turns'
import type { Database, Tx } from '@opsflow/platform/server/tenant'
import { FileProblem } from './file-problem.ts'
import { type FileRow, inspectionRows, textOf } from './file-rows.ts'
import { keepPhotos, type PhotoParts } from './keep-photos.ts'
import { keptAudits } from './kept-audits.ts'
import { lookThrough, TooManyPlaces } from './look.ts'
import { type Places, placeKey, recordRows } from './record-rows.ts'
import {
  type AcrossTenants,
  backToPreview,
  countAttempt,
  cutOffImports,
  endImport,
  forgottenImports,
  giveAttemptBack,
  type KeptImport,
  lockImport,
  moveImport,
  readImport,
  type Whose,
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
  const find = () => database.read(actor, (tx) => readImport(tx, id))
  const one = await find()
  try {
    if (one?.state === 'reading') await lookThrough(database, actor, one, isStopping)
    if (one?.state === 'running') await importRows(parts, actor, one)
  } catch (error) {
    // Whoever ended it meanwhile has let go of its file: half a file then is no fault of the file.
    if ((await find())?.state === one?.state) throw error
  }
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
  let resuming: Promise<void> | undefined
  const giveBack = (actor: Actor, id: string) => parts.database.write(actor, (tx) => giveAttemptBack(tx, id))
  const go = async (actor: Actor, id: string) => {
    try {
      if (!(await parts.database.write(actor, (tx) => takeUp(tx, id)))) return
      await workOn({ isStopping: () => stopping, ...parts }, actor, id)
      if (stopping) await giveBack(actor, id)
    } catch (error) {
      // A lost connection leaves it as it is, to go on; anything else would only fail again.
      if (error instanceof Refusal && error.kind === 'unavailable') {
        await giveBack(actor, id).catch(() => undefined)
        return
      }
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
  const begin = (tenantId: string, organizationId: string, id: string): Promise<void> => {
    const before = running.get(id) ?? Promise.resolve()
    const going: Promise<void> = before
      .then(() => go(systemActor(tenantId, organizationId, 'audit-import'), id))
      .finally(() => running.get(id) === going && running.delete(id))
    running.set(id, going)
    return going
  }
  return {
    start: (tenantId: string, organizationId: string, id: string) => void begin(tenantId, organizationId, id),
    /** One after the other: what ends the process takes none of the others with it. */
    resume(cutOff: readonly Whose[]) {
      resuming = inOrder(cutOff, async ({ tenantId, organizationId, id }) => {
        if (!stopping) await begin(tenantId, organizationId, id)
      })
    },
    idle: async () => {
      await resuming
      while (running.size > 0) await Promise.all(running.values())
    },
    /** Ends after the batch under way. */
    async stop() {
      stopping = true
      await resuming
      await Promise.all(running.values())
    },
  }
}

/**
 * False: there is nothing to be done with it, or it was begun too often without getting on, and is set aside. Set going anew by a
 * person it goes on where it was; a file that cannot even be looked through has to be sent again.
 */
async function takeUp(tx: Tx, id: string): Promise<boolean> {
  const attempts = await countAttempt(tx, id)
  if (attempts === undefined || attempts <= MOST_ATTEMPTS) return attempts !== undefined
  const one = await lockImport(tx, id)
  if (one?.state === 'running') await backToPreview(tx, id, 'set_aside')
  else await endImport(tx, id, 'failed', 'set_aside_unread')
  return false
}

export type AuditImportRunner = ReturnType<typeof auditImportRunner>

/** What somebody can do something about has a name; the rest is a bug, and logged. */
function failureOf(error: unknown): string {
  if (error instanceof FileProblem) return error.code
  if (error instanceof TooManyPlaces) return 'too_many_places'
  if (error instanceof Refusal && error.code.startsWith('imports.')) return error.code.slice('imports.'.length)
  return 'failed'
}

/** After a start: imports that were cut off go on, the least tried first. */
export async function resumeAuditImports(relay: AcrossTenants, runner: AuditImportRunner): Promise<number> {
  const cutOff = await cutOffImports(relay)
  runner.resume(cutOff)
  return cutOff.length
}

/** Files that nobody went on with are let go. */
export async function forgetAuditImports(database: Database, relay: AcrossTenants): Promise<number> {
  const forgotten = await forgottenImports(relay)
  await eachAlone(forgotten, ({ tenantId, organizationId, id }) =>
    database.write(systemActor(tenantId, organizationId, 'audit-import'), async (tx) => {
      const now = await lockImport(tx, id)
      if (now?.state === 'receiving' || now?.state === 'previewed') await endImport(tx, id, 'cancelled', 'forgotten')
    }),
  )
  return forgotten.length
}
