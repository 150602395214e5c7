import { randomUUID } from 'node:crypto'
import { type Actor, demand } from '../../actor.ts'
import type { NewUpload, UploadState } from '../../files.ts'
import { notFound, Refusal, refuse } from '../../refusal.ts'
import { MOST_ATTEMPTS } from '../attempts.ts'
import type { Database, Tx } from '../tenant.ts'
import { holdBytes } from './leavings.ts'
import { lookInto, sha256Of } from './look-into.ts'
import { type FileStorage, keptKey, pieceKey, piecesFolder } from './storage.ts'
import * as store from './store.ts'

export type FileParts = {
  storage: FileStorage
  database: Database
  /** Room for the files of one tenant. */
  quotaBytes: number
  /** Whoever holds it may send files, at its locations. */
  permission: string
  /** A file has arrived whole: what follows from it is written in the same transaction. */
  onStored: (tx: Tx, file: { id: string; sha256: string; locationId: string }) => Promise<void>
}

/** What has arrived waits so long for the rest. A device that comes back later begins anew; it still has its bytes. */
const KEPT_FOR_MS = 7 * 86_400_000
/** So much arrives before it is made safe: what a crash or a lost connection costs at most. */
const PIECE_BYTES = 256 * 1024
const MOST_OPEN_UPLOADS = 200

const expiry = () => new Date(Date.now() + KEPT_FOR_MS).toISOString()

/** Begins an upload, or finds it where it stands. The id belongs to the first who named bytes with it. */
export async function beginUpload(tx: Tx, parts: FileParts, asked: NewUpload): Promise<UploadState> {
  demand(tx.actor, parts.permission, asked.locationId)
  const known = await store.stateOf(tx, asked.id)
  if (known) return goOn(tx, asked, known)
  await store.demandRoom(tx, parts.quotaBytes, asked.size)
  if ((await store.uploadsOpenOf(tx)) >= MOST_OPEN_UPLOADS) {
    refuse('too_many', 'files.too_many_open', {
      detail: 'Finish the files that are under way before sending more.',
      retryAfterSeconds: 60,
    })
  }
  await store.insertUpload(tx, asked, expiry())
  return (await store.stateOf(tx, asked.id)) ?? notFound()
}

async function goOn(tx: Tx, asked: NewUpload, known: UploadState & { locationId: string }): Promise<UploadState> {
  const sha256 = known.sha256 ?? (await store.readUpload(tx, asked.id))?.sha256
  if (sha256 !== asked.sha256 || known.size !== asked.size || known.locationId !== asked.locationId) {
    refuse('conflict', 'files.id_taken', { detail: 'Another file has this id.' })
  }
  return known
}

/** How far it is. What lies outside the caller's locations is not there. */
export async function uploadState(actor: Actor, parts: FileParts, id: string): Promise<UploadState> {
  const state = await parts.database.read(actor, (tx) => store.stateOf(tx, id))
  if (!state) return notFound()
  demand(actor, parts.permission, state.locationId)
  return state
}

/**
 * Takes bytes from `offset` on and makes them safe piece by piece; with the last one the file is looked into and kept.
 * Whatever breaks on the way, the pieces before it stay.
 */
export async function receive(
  actor: Actor,
  parts: FileParts,
  id: string,
  offset: number,
  body: AsyncIterable<Uint8Array>,
): Promise<UploadState> {
  const state = await uploadState(actor, parts, id)
  if (state.offset !== offset) return refuseOffset(state.offset)
  if (state.state === 'refused') return refuseBytes(state.code ?? '', 'This file is not kept.')
  for await (const bytes of inPieces(body, state.size - offset)) {
    const key = pieceKey(actor.tenantId, id, randomUUID())
    await parts.storage.put(key, bytes)
    const piece = { id, offset, size: bytes.length, key, expiresAt: expiry() }
    if (!(await parts.database.write(actor, (tx) => store.takePiece(tx, piece)))) {
      return refuseOffset((await uploadState(actor, parts, id)).offset)
    }
    offset += bytes.length
  }
  if (offset === state.size && state.state === 'receiving') await keep(actor, parts, id)
  return uploadState(actor, parts, id)
}

const refuseOffset = (expected: number): never =>
  refuse('conflict', 'files.offset_differs', {
    detail: `Go on from byte ${expected}.`,
    errors: [{ path: 'header.upload-offset', code: 'files.offset_differs', message: String(expected) }],
  })

const refuseBytes = (code: string, message: string): never =>
  refuse('invalid', code, { detail: message, errors: [{ path: 'body', code, message }] })

/** Everything is here: is it what was promised, and something to keep? Doing it twice is doing it once. */
export async function keep(actor: Actor, parts: FileParts, id: string): Promise<void> {
  const { storage, database } = parts
  const upload = await database.read(actor, (tx) => store.readUpload(tx, id))
  if (!upload || upload.refusal || upload.received !== upload.size) return
  const pieces = await Promise.all(upload.pieces.map((key) => storage.get(key)))
  const bytes = Buffer.concat(pieces.filter((piece) => piece !== undefined))
  if (sha256Of(bytes).toString('hex') !== upload.sha256) {
    await database.write(actor, (tx) => store.beginAgain(tx, id))
    await storage.removeAll(piecesFolder(actor.tenantId, id))
    refuseBytes('files.hash_differs', 'What arrived is not what was promised. Send it again.')
  }
  const begins = () => countAttempt(actor, database, id)
  const kept = await lookInto(bytes, { begins }).catch(async (error: unknown) => {
    if (!(error instanceof Refusal)) throw error
    await database.write(actor, (tx) => store.beginAgain(tx, id, error.code))
    await storage.removeAll(piecesFolder(actor.tenantId, id))
    throw error
  })
  const hashes = { stored: sha256Of(kept.bytes), thumbnail: kept.thumbnail && sha256Of(kept.thumbnail) }
  const named = [{ sha256: hashes.stored.toString('hex'), bytes: kept.bytes }]
  if (kept.thumbnail && hashes.thumbnail) {
    named.push({ sha256: hashes.thumbnail.toString('hex'), bytes: kept.thumbnail })
  }
  for (const { sha256, bytes } of named) await storage.put(keptKey(actor.tenantId, sha256), bytes)
  await database.write(actor, async (tx) => {
    if (!(await store.lockUpload(tx, id))) return // someone else has just kept it
    await holdBytes(tx, storage, named)
    await store.insertFile(tx, upload, kept, hashes)
    await store.deleteUpload(tx, id)
    await parts.onStored(tx, { id, sha256: upload.sha256, locationId: upload.locationId })
  })
  await storage.removeAll(piecesFolder(actor.tenantId, id))
}

/** Counted before the picture is opened: one that ends the process each time is not opened a fourth time. */
async function countAttempt(actor: Actor, database: Database, id: string) {
  if ((await database.write(actor, (tx) => store.countAttempt(tx, id))) <= MOST_ATTEMPTS) return
  refuseBytes('files.set_aside', 'This picture cannot be opened here. Take it again.')
}

/** A broken connection ends it, after what has arrived. More bytes than were promised are refused, not cut off. */
async function* inPieces(body: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = []
  let heldBytes = 0
  let broken: unknown
  try {
    for await (const part of body) {
      most -= part.length
      if (most < 0) refuse('too_large', 'files.longer_than_said', { detail: 'More bytes came than were promised.' })
      held.push(part)
      heldBytes += part.length
      if (heldBytes < PIECE_BYTES) continue
      yield Buffer.concat(held)
      held = []
      heldBytes = 0
    }
  } catch (error) {
    broken = error
  }
  if (heldBytes > 0 && !(broken instanceof Refusal)) yield Buffer.concat(held)
  if (broken) throw broken
}
