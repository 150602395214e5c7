import { MOST_FILE_BYTES, UploadState, uploadRefusals } from '@opsflow/platform/files'
import { defineRoutes, FileAnswer, IdParams, StreamBody } from '@opsflow/platform/route'
import { z } from 'zod'
import { Evidence, evidenceRefusals, NamedPhoto, OwnerKind } from './evidence.ts'

const OfOwner = z.strictObject({ ownerKind: OwnerKind, ownerId: z.uuid() })

const handedOver =
  'As `/files/uploads`, with `Opsflow-Device: <clientId> <drainKey>` of the first pull in place of a session. Only a photo ' +
  'that a record of this device names is taken: one that stands, or one it has handed over by `POST /sync/drain`.'
const handOverRefusals = ['sync.drain_refused', 'files.unnamed'] as const

export const evidenceRoutes = defineRoutes({
  'POST /files/uploads': {
    summary: 'Begin to send a file, or find it where it stands',
    description:
      'tus 1.0: `Upload-Length`, and `Upload-Metadata` with `id` (a UUID of your making), `sha256` (hex), `locationId`, ' +
      '`capturedAt` and `capturedQuality` (exact, corrected, doubtful), each value in base64. A device sends `captured` and `sent` instead, ' +
      'its clocks then and now as JSON (DeviceTime). The answer’s `Location` takes the bytes.',
    tag: 'files',
    permission: 'evidence.add',
    response: UploadState,
    status: 201,
    refusals: uploadRefusals,
  },
  'GET /files/uploads/{id}': {
    summary: 'How far a file has come',
    description:
      'As `HEAD` it is the question of tus: `Upload-Offset`. Once `state` is `stored`, `sha256` says which bytes the server holds; then the device may forget its own.',
    tag: 'files',
    permission: 'evidence.add',
    params: IdParams,
    response: UploadState,
    refusals: ['files.tus_version'],
  },
  'PATCH /files/uploads/{id}': {
    summary: 'Send bytes from an offset on',
    description:
      'In one request or in many. What arrived before a connection broke is kept: ask for the offset and go on. With the last byte the file is ' +
      'looked into: JPEG, PNG and WebP are drawn anew without their metadata, PDF is kept, anything else is refused.',
    tag: 'files',
    permission: 'evidence.add',
    params: IdParams,
    accepts: { type: 'application/offset+octet-stream', maxBytes: MOST_FILE_BYTES, streamed: true },
    body: StreamBody,
    response: z.void(),
    status: 204,
    refusals: uploadRefusals,
  },
  'POST /files/handed-over': {
    summary: 'Begin to hand over a photo of a device whose session or tablet is no more',
    description: handedOver,
    tag: 'files',
    permission: 'public',
    response: UploadState,
    status: 201,
    refusals: [...uploadRefusals, ...handOverRefusals],
  },
  'GET /files/handed-over/{id}': {
    summary: 'How far such a photo has come',
    description: handedOver,
    tag: 'files',
    permission: 'public',
    params: IdParams,
    response: UploadState,
    refusals: ['files.tus_version'],
  },
  'PATCH /files/handed-over/{id}': {
    summary: 'Send bytes of such a photo',
    description: handedOver,
    tag: 'files',
    permission: 'public',
    params: IdParams,
    accepts: { type: 'application/offset+octet-stream', maxBytes: MOST_FILE_BYTES, streamed: true },
    body: StreamBody,
    response: z.void(),
    status: 204,
    refusals: uploadRefusals,
  },
  'GET /files/{id}': {
    summary: 'A file, or its thumbnail',
    tag: 'files',
    permission: 'evidence.read',
    params: IdParams,
    query: z.strictObject({ variant: z.enum(['full', 'thumbnail']).default('full') }),
    produces: '*/*',
    response: FileAnswer,
  },
  'GET /evidence': {
    summary: 'The photos of a record: here, on their way, or done without',
    tag: 'files',
    permission: 'evidence.read',
    query: OfOwner,
    response: z.object({ items: z.array(Evidence) }),
  },
  'POST /files/{id}/abandonments': {
    summary: 'Let go of a photo that the server does not keep',
    description:
      'Told before the device forgets its bytes; stands in the audit trail of the records that named it. They still wait for it, until a supervisor does without.',
    tag: 'files',
    permission: 'evidence.add',
    callers: ['member'],
    params: IdParams,
    body: z.strictObject({ reason: z.string().trim().min(3).max(1000) }),
    response: z.void(),
    status: 204,
    refusals: ['evidence.nothing_missing'],
  },
  'POST /files/{id}/replacements': {
    summary: 'Another photo in the place of one that the server does not keep',
    description:
      'The records that named it wait for the other instead. By whoever named it, on the tablet it was named on, or with `evidence.waive`. Stands in the audit trail.',
    tag: 'files',
    permission: 'evidence.add',
    callers: ['member'],
    params: IdParams,
    body: NamedPhoto,
    response: z.object({ items: z.array(Evidence) }),
    status: 201,
    refusals: ['evidence.nothing_missing', 'evidence.not_yours'],
  },
  'POST /evidence/waivers': {
    summary: 'Do without the photos of a record that have not arrived',
    description: 'Stands in the audit trail. A photo that arrives later is shown all the same.',
    tag: 'files',
    permission: 'evidence.waive',
    callers: ['member'],
    body: OfOwner.extend({ reason: z.string().trim().min(3).max(1000) }),
    response: z.object({ items: z.array(Evidence) }),
    refusals: evidenceRefusals,
  },
})
