import { Sha256 } from '@opsflow/platform/files'
import { Instant } from '@opsflow/platform/route'
import { TimeQuality } from '@opsflow/platform/sync'
import { z } from 'zod'

const Person = z.object({ id: z.uuid(), name: z.string() })

/** What a record says of a photo it is proven by, before a byte of it has been sent. */
export const NamedPhoto = z.strictObject({
  /** Of the file, minted on the device. */
  id: z.uuid(),
  sha256: Sha256,
})
export type NamedPhoto = z.infer<typeof NamedPhoto>

/** The same, or a picture that was drawn on one: both are kept, each by the hash of its own bytes. */
export const ProvingPhoto = NamedPhoto.extend({
  /** The photo it was drawn on, by its file. */
  annotates: z.uuid().optional(),
})
export type ProvingPhoto = z.infer<typeof ProvingPhoto>

export const MOST_PHOTOS = 10
/** A field for any record that photos can belong to. What was drawn on stands beside the photo as it was taken. */
export const Photos = z
  .array(ProvingPhoto)
  .max(MOST_PHOTOS)
  .refine(
    (photos) => photos.every(({ annotates }) => !annotates || asTaken(photos).some(({ id }) => id === annotates)),
    { message: 'A drawing names the photo it was made on, of the same record.' },
  )

/** Without what was drawn on them. */
export const asTaken = <P extends { annotates?: string | null | undefined }>(photos: readonly P[]): P[] =>
  photos.filter(({ annotates }) => !annotates)

/** The kinds of records that photos can belong to. Nothing here knows more of them than their names. */
export const OwnerKind = z.enum(['corrective_action', 'temperature_log', 'task', 'checklist_answer', 'finding'])
export type OwnerKind = z.infer<typeof OwnerKind>

/** One photo of one record. */
export const Evidence = z
  .object({
    id: z.uuid(),
    locationId: z.uuid(),
    ownerKind: OwnerKind,
    ownerId: z.uuid(),
    fileId: z.uuid(),
    sha256: Sha256,
    /** When the record named it: the instant of the step or reading it belongs to. */
    namedAt: Instant,
    namedBy: Person.nullable(),
    kiosk: Person.nullable(),
    /** When the photo was taken; known once it has arrived. */
    capturedAt: Instant.nullable(),
    capturedQuality: TimeQuality.nullable(),
    /** Null: still on its way. */
    arrivedAt: Instant.nullable(),
    /** Someone decided to do without it, and why. */
    waivedAt: Instant.nullable(),
    waivedBy: Person.nullable(),
    waiver: z.string().nullable(),
    /** Another photo of the same record stands for it: its file. */
    replacedBy: z.uuid().nullable(),
    /** It was drawn on that photo of the same record, which stays as it was taken: its file. */
    annotates: z.uuid().nullable(),
  })
  .meta({ id: 'Evidence' })
export type Evidence = z.infer<typeof Evidence>

export const evidenceRefusals = ['evidence.missing', 'evidence.nothing_missing'] as const
