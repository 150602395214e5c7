import { Instant } from '@opsflow/platform/route'
import { z } from 'zod'

export const DeviceKind = z.enum(['gateway', 'probe', 'display'])

/** A gateway or probe: it reports for one location, with a key of its own. */
export const Device = z
  .object({
    id: z.uuid(),
    locationId: z.uuid(),
    name: z.string(),
    kind: DeviceKind,
    prefix: z.string(),
    createdAt: Instant,
    lastSeenAt: Instant.nullable(),
    revokedAt: Instant.nullable(),
  })
  .meta({ id: 'Device' })
export type Device = z.infer<typeof Device>

export const NewDevice = z.strictObject({
  locationId: z.uuid(),
  name: z.string().trim().min(1).max(200),
  kind: DeviceKind,
})
export type NewDevice = z.output<typeof NewDevice>
