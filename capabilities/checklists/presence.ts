import { FARTHEST_METRES, LEAST_EXACT_METRES, type Location, whereabouts } from '@opsflow/capabilities/locations'
import { PlaceCodeText } from '@opsflow/capabilities/tasks'
import { RecordedTimeQuality } from '@opsflow/platform/moment'
import { Instant } from '@opsflow/platform/route'
import { z } from 'zod'

const Person = z.object({ id: z.uuid(), name: z.string() })

/**
 * here · elsewhere: beyond the place's radius · too_inexact: the device cannot tell · code_unknown: none of this place, also
 * where another place has it · code_revoked: taken down by then · changed_meanwhile: the code or the place's position was
 * changed around that time, nobody can tell · unchecked: the server has not seen it yet.
 */
export const PresenceVerdict = z.enum([
  'here',
  'elsewhere',
  'too_inexact',
  'code_unknown',
  'code_revoked',
  'changed_meanwhile',
  'unchecked',
])
export type PresenceVerdict = z.infer<typeof PresenceVerdict>

/** Someone showed that they were at the place of an audit, or tried to. Evidence beside the answers; it blocks nothing. */
export const Presence = z.object({
  id: z.uuid(),
  method: z.enum(['code', 'position']),
  verdict: PresenceVerdict,
  /** The last digits of the code, and what it is called on its wall. */
  codeEnd: z.string().nullable(),
  codeLabel: z.string().nullable(),
  /** Of a position only this is kept, in steps of five metres: how far from the place, and how exact. */
  distanceMetres: z.int().nullable(),
  accuracyMetres: z.int().nullable(),
  by: Person.nullable(),
  kiosk: Person.nullable(),
  at: Instant,
  timeQuality: RecordedTimeQuality,
})
export type Presence = z.infer<typeof Presence>

const Degrees = { latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) }

/** What a device tells: the code that was read, or how far it is from where it takes the place to be. */
export const Shown = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('code'), code: PlaceCodeText }),
  z.strictObject({
    method: z.literal('position'),
    distanceMetres: z.int().min(0).max(FARTHEST_METRES),
    accuracyMetres: z.int().min(1).max(LEAST_EXACT_METRES),
    /** The place's own position, as the device has it. */
    from: z.strictObject(Degrees),
  }),
])
export type Shown = z.output<typeof Shown>
export type ShownPosition = Extract<Shown, { method: 'position' }>

export const MOST_PRESENCES = 50

/** By the place as it is; measured from another position, it cannot be told. */
export function judgePosition(
  { from, ...seen }: ShownPosition,
  place: Pick<Location, 'latitude' | 'longitude' | 'radiusMetres'>,
): PresenceVerdict {
  if (from.latitude !== place.latitude || from.longitude !== place.longitude) return 'changed_meanwhile'
  const told = whereabouts(seen, place.radiusMetres)
  return told === 'inside' ? 'here' : told === 'outside' ? 'elsewhere' : 'too_inexact'
}

/** By the code as this location has it. A time that is a guess says nothing about a code that was taken down. */
export function judgeCode(
  code: { revokedAt: string | null } | undefined,
  { at, quality }: { at: string; quality: Presence['timeQuality'] },
): PresenceVerdict {
  if (!code) return 'code_unknown'
  if (code.revokedAt === null) return 'here'
  if (quality === 'doubtful') return 'changed_meanwhile'
  return Date.parse(at) < Date.parse(code.revokedAt) ? 'here' : 'code_revoked'
}

/** What of it stands in the record, whatever it is judged to be. */
export const asKept = (shown: Shown) =>
  shown.method === 'code'
    ? { method: shown.method, codeEnd: shown.code.slice(-4), distanceMetres: null, accuracyMetres: null }
    : {
        method: shown.method,
        codeEnd: null,
        distanceMetres: shown.distanceMetres,
        accuracyMetres: shown.accuracyMetres,
      }
