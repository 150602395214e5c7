import { Photos } from '@opsflow/capabilities/evidence'
import { Signature } from '@opsflow/platform/signature'
import { z } from 'zod'
import { Cost, FindingCause } from './finding.ts'

/** What was done about it, why it could come to that, and what it cost. `stepId`: minted where it was done. */
export const Fix = z.strictObject({
  stepId: z.uuid(),
  note: z.string().trim().min(3).max(2000),
  cause: FindingCause,
  cost: Cost.nullable().default(null),
  photos: Photos.default([]),
})
export type Fix = z.output<typeof Fix>

/** `fixId`: the fix that was looked at. */
export const Verification = z.strictObject({
  stepId: z.uuid(),
  fixId: z.uuid(),
  note: z.string().trim().max(2000).default(''),
})
export const SignedVerification = Verification.extend({ signature: Signature.optional() })

export const SendingBack = z.strictObject({
  stepId: z.uuid(),
  fixId: z.uuid(),
  reason: z.string().trim().min(3).max(2000),
})
