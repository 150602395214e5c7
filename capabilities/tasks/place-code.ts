import { unkept } from '@opsflow/platform/files'
import { defineRoutes, IdParams, Instant } from '@opsflow/platform/route'
import { z } from 'zod'

/** Crockford's digits: nothing that is read as something else. 100 bits of chance. */
export const CODE_DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
export const CODE_LENGTH = 20
export const PlaceCodeText = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{20}$/)

/** A code that hangs somewhere: at a unit, at a place of a location, or for all of it. */
export const PlaceCode = z
  .object({
    id: z.uuid(),
    locationId: z.uuid(),
    unit: z.object({ id: z.uuid(), name: z.string() }).nullable(),
    label: z.string(),
    code: z.string(),
    createdAt: Instant,
    revokedAt: Instant.nullable(),
  })
  .meta({ id: 'PlaceCode' })
export type PlaceCode = z.infer<typeof PlaceCode>

/** What anyone may say without signing in. */
export const FaultReport = z.strictObject({
  code: PlaceCodeText,
  /** Minted by the page: a report sent twice is made once. */
  reportId: z.uuid(),
  text: z.string().trim().min(3).max(1000),
  /** Who says so, if they like. */
  name: z.string().trim().max(80).default(''),
  /** Nobody sees this field; programs fill it in. */
  website: z.string().max(200).default(''),
})
export type FaultReport = z.output<typeof FaultReport>

/** A phone makes it a tenth of that before it sends it. */
const MOST_PHOTO_BYTES = 4 * 1024 * 1024
const PhotoBytes = z
  .custom<Uint8Array>((body) => body instanceof Uint8Array && body.length > 0, 'Send the picture as the body.')
  .meta({ override: { type: 'string', format: 'binary' } })

export const FAULT_REPORT = 'fault_report'

export const placeCodeRoutes = defineRoutes({
  'GET /place-codes': {
    summary: 'The QR codes of a location’s units and places',
    tag: 'tasks',
    permission: 'tasks.codes',
    query: z.strictObject({ locationId: z.uuid() }),
    response: z.object({ items: z.array(PlaceCode) }),
  },
  'POST /place-codes': {
    summary: 'Make a QR code for a unit, a place or a location',
    tag: 'tasks',
    permission: 'tasks.codes',
    body: z.strictObject({
      locationId: z.uuid(),
      unitId: z.uuid().nullable().default(null),
      label: z.string().trim().max(100).default(''),
    }),
    response: PlaceCode,
    status: 201,
    refusals: ['tasks.unit_unknown'],
  },
  'DELETE /place-codes/{id}': {
    summary: 'Revoke a QR code: whoever scans it finds nothing any more',
    tag: 'tasks',
    permission: 'tasks.codes',
    params: IdParams,
    response: PlaceCode,
  },
  'GET /fault-reports': {
    summary: 'What a scanned code is called, for the page on which a fault is reported',
    description: 'Nothing else is told without signing in. An unknown and a revoked code are answered alike.',
    tag: 'tasks',
    permission: 'public',
    query: z.strictObject({ code: PlaceCodeText }),
    response: z.object({ place: z.string() }),
    refusals: ['rate_limited'],
  },
  'POST /fault-reports': {
    summary: 'Report what is broken, without an account: it becomes a maintenance task there',
    description: 'Limited for each code and each network. Sent twice with one `reportId` it is made once.',
    tag: 'tasks',
    permission: 'public',
    body: FaultReport,
    response: z.object({ received: z.literal(true) }),
    status: 201,
    refusals: ['rate_limited'],
  },
  'POST /fault-reports/photos': {
    summary: 'A picture of what was just reported, without an account: it stands with its task',
    description:
      'One to a report, within an hour. Decided by content: JPEG, PNG or WebP, drawn anew without its metadata, 1,600 pixels at ' +
      'most. Nothing of it is given out without signing in.',
    tag: 'tasks',
    permission: 'public',
    query: z.strictObject({ code: PlaceCodeText, reportId: z.uuid() }),
    accepts: { type: 'application/octet-stream', maxBytes: MOST_PHOTO_BYTES },
    body: PhotoBytes,
    response: z.object({ received: z.literal(true) }),
    status: 201,
    refusals: ['rate_limited', 'files.quota_full', ...unkept],
  },
})
