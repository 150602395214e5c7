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

export const MOST_PHOTOS = 10
/** A field for any record that photos can belong to. */
export const Photos = z.array(NamedPhoto).max(MOST_PHOTOS)

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
  })
  .meta({ id: 'Evidence' })
export type Evidence = z.infer<typeof Evidence>

export const evidenceRefusals = ['evidence.missing', 'evidence.nothing_missing'] as const
