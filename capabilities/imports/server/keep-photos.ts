import { importedAsGiven, insertImportedPhoto, keptPhotos } from '@opsflow/capabilities/audits/server'
import type { Actor } from '@opsflow/platform/actor'
import { Refusal } from '@opsflow/platform/refusal'
import { type DrawnPicture, drawPicture, insertPicture } from '@opsflow/platform/server/files/keep-picture'
import type { FileParts } from '@opsflow/platform/server/files/receive'
import type { Database } from '@opsflow/platform/server/tenant'
import type { PeerPhoto } from '../safetyculture-audit.ts'
import type { FileRow } from './file-rows.ts'
import type { Pack } from './pack/open-pack.ts'
import { idOf, newAudit, type Places, placeKey } from './record-rows.ts'
import { type KeptImport, lockImport } from './store-imports.ts'
import { insertErrors } from './store-rows.ts'

export type PhotoParts = {
  database: Database
  files: Pick<FileParts, 'storage' | 'quotaBytes'>
  isStopping?: () => boolean
  /** Called after each photo; a test may throw here, as a kill would. */
  afterPhoto?: () => void
}

/**
 * The photos of audits that are here, one after another through the same intake as our own. Each has an id that follows from
 * what it is, so whatever was cut off goes on with those that are not here yet. False: it was stopped.
 */
export async function keepPhotos(
  parts: PhotoParts,
  actor: Actor,
  one: KeptImport,
  from: { rows: readonly FileRow[]; places: Places; pack: Pack },
): Promise<boolean> {
  for (const { row, read, photos = [] } of from.rows) {
    if (!read.ok || photos.length === 0) continue
    const { given } = read
    const locationId = from.places.get(placeKey(given.source, given.place.key))
    if (!locationId) continue
    const audit = newAudit(actor.tenantId, locationId, given)
    const here = await parts.database.read(actor, async (tx) =>
      (await importedAsGiven(tx, audit)) ? new Set(await keptPhotos(tx, audit.id)) : null,
    )
    if (!here) continue
    for (const photo of photos) {
      const id = idOf(audit.id, 'photo', `${photo.answer}`, photo.id)
      if (here.has(id) || !from.pack.has(photo.id)) continue
      if (parts.isStopping?.()) return false
      const isMine = await keepOne(parts, actor, one, {
        row,
        photo,
        id,
        auditId: audit.id,
        locationId,
        pack: from.pack,
      })
      if (!isMine) return false
      parts.afterPhoto?.()
    }
  }
  return true
}

type OnePhoto = { row: number; photo: PeerPhoto; id: string; auditId: string; locationId: string; pack: Pack }

/** False: the import is no longer at work. */
async function keepOne(
  { database, files }: PhotoParts,
  actor: Actor,
  { id: importId }: KeptImport,
  { row, photo, id, auditId, locationId, pack }: OnePhoto,
): Promise<boolean> {
  const drawn = await draw(files, actor, await pack.photo(photo.id))
  return database.write(actor, async (tx) => {
    if ((await lockImport(tx, importId))?.state !== 'running') return false
    // Whoever else is at this import may have kept it while it was drawn.
    if (new Set(await keptPhotos(tx, auditId)).has(id)) return true
    const kept = { id, locationId, at: new Date().toISOString() }
    const problem =
      typeof drawn === 'string' ? drawn : await whyNot(() => tx.savepoint(() => insertPicture(tx, files, kept, drawn)))
    if (problem === null && typeof drawn !== 'string')
      await insertImportedPhoto(tx, {
        ...{ id, locationId, auditId, importId, answer: photo.answer, mediaId: photo.id, sha256: drawn.sha256 },
      })
    else if (problem !== null) {
      const message = `${photo.label.slice(0, 300)}: ${SENTENCES[problem]}`
      await insertErrors(tx, importId, [{ row, column: photo.id, code: problem, message, cells: [] }])
    }
    return true
  })
}

type PhotoProblem = 'photo_unreadable' | 'photo_no_room'
const SENTENCES: Record<PhotoProblem, string> = {
  photo_unreadable: 'This photo cannot be kept: it is no picture, damaged, or too large.',
  photo_no_room: 'There is no room for more photos.',
}

/** Drawn anew from its pixels, as every photo is; or why it is none. */
async function draw(
  files: PhotoParts['files'],
  actor: Actor,
  bytes: Buffer | null,
): Promise<DrawnPicture | PhotoProblem> {
  if (!bytes) return 'photo_unreadable'
  let drawn: DrawnPicture | undefined
  const problem = await whyNot(async () => {
    drawn = await drawPicture(files, actor, bytes)
  })
  return drawn ?? problem ?? 'photo_unreadable'
}

async function whyNot(work: () => Promise<unknown>): Promise<PhotoProblem | null> {
  try {
    await work()
    return null
  } catch (error) {
    if (!(error instanceof Refusal) || !error.code.startsWith('files.') || error.kind === 'unavailable') throw error
    return error.code === 'files.quota_full' ? 'photo_no_room' : 'photo_unreadable'
  }
}
