import { z } from 'zod'
import { Instant } from './route.ts'
import { TimeQuality } from './sync.ts'

/** A file is called by the hash of its bytes, everywhere, as 64 lower-case hexadecimal digits. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'SHA-256 as 64 lower-case hexadecimal digits.')

/** A phone's photo as it was taken fits; our own devices send about a thirtieth of it. */
export const MOST_FILE_BYTES = 20 * 1024 * 1024

/** receiving: bytes are missing, or all are here and being looked into · stored: kept · refused: not kept, and why. */
export const UploadState = z
  .object({
    id: z.uuid(),
    state: z.enum(['receiving', 'stored', 'refused']),
    /** How many bytes have arrived and are safe. */
    offset: z.int(),
    size: z.int(),
    /** Of the bytes that arrived, once they are stored: proves to the device that it may forget its own. */
    sha256: Sha256.nullable(),
    /** When what has arrived is thrown away, unless more comes. */
    expiresAt: Instant.nullable(),
    /** Why it was refused. */
    code: z.string().nullable(),
  })
  .meta({ id: 'UploadState' })
export type UploadState = z.infer<typeof UploadState>

/** What the creation of an upload says, as tus metadata. */
export const NewUpload = z.strictObject({
  /** Of the file, minted where it is captured: the same id may only begin the same file. */
  id: z.uuid(),
  sha256: Sha256,
  locationId: z.uuid(),
  /** When it was captured, as well as the device knows, and how well that is. */
  capturedAt: Instant,
  capturedQuality: TimeQuality,
  size: z.int().min(1, 'A file has at least one byte.').max(MOST_FILE_BYTES),
})
export type NewUpload = z.infer<typeof NewUpload>

/** Why bytes that arrived are not kept. A device does not send the same bytes again. */
export const unkept = [
  'files.type_unknown',
  'files.type_refused',
  'files.heic_unreadable',
  'files.image_broken',
  'files.image_too_many_pixels',
  'files.pdf_broken',
  'files.set_aside',
] as const

export const uploadRefusals = [
  'files.tus_version',
  'files.header_invalid',
  'files.id_taken',
  'files.too_large',
  'files.quota_full',
  'files.too_many_open',
  'files.offset_differs',
  'files.longer_than_said',
  'files.hash_differs',
  ...unkept,
] as const
