import { z } from 'zod'

/** Who makes a critical record on a shared tablet proves once more who they are. Elsewhere it may be left out. */
export const Signature = z.strictObject({ pin: z.string().regex(/^\d{6}$/, 'A PIN is six digits.') })
export type Signature = z.infer<typeof Signature>

/**
 * The same without the server: the tablet checked the PIN against what it holds. The PIN itself is never written down,
 * nor anything it could be tried against; `proof` is whatever the capability that keeps the PINs asks of its tablets.
 */
export const OfflineSignature = z.strictObject({ proof: z.string().max(1000).optional() })
export type OfflineSignature = z.infer<typeof OfflineSignature>
