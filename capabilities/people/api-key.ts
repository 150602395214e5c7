import { Instant } from '@opsflow/platform/route'
import { z } from 'zod'
import { PermissionName } from './role-schema.ts'

/** An integrator's key. The key itself is shown once, when it is made. */
export const ApiKey = z
  .object({
    id: z.uuid(),
    name: z.string(),
    /** The beginning of the key, to recognise it by. */
    prefix: z.string(),
    scopes: z.array(z.string()),
    /** Null: the whole organization. */
    locationIds: z.array(z.uuid()).nullable(),
    createdBy: z.object({ id: z.uuid(), name: z.string() }),
    createdAt: Instant,
    expiresAt: Instant.nullable(),
    lastUsedAt: Instant.nullable(),
    revokedAt: Instant.nullable(),
  })
  .meta({ id: 'ApiKey' })
export type ApiKey = z.infer<typeof ApiKey>

/** The answer to making a key. A repeated request (same Idempotency-Key) gets null: what is shown once is not stored. */
export const shownOnce = z
  .string()
  .nullable()
  .meta({ description: 'Shown once. Null when an earlier answer is repeated: make a new one if it was lost.' })

export const NewApiKey = z.strictObject({
  name: z.string().trim().min(1).max(200),
  scopes: z
    .array(PermissionName)
    .min(1)
    .max(200)
    .refine((scopes) => new Set(scopes).size === scopes.length, { message: 'Name each scope once.' }),
  locationIds: z
    .array(z.uuid())
    .min(1)
    .max(500)
    .refine((ids) => new Set(ids).size === ids.length, { message: 'Name each location once.' })
    .nullable()
    .default(null),
  expiresAt: Instant.nullable().default(null),
})
export type NewApiKey = z.output<typeof NewApiKey>
