import { z } from 'zod'

/** Who makes a critical record on a shared tablet proves once more who they are. Elsewhere it may be left out. */
export const Signature = z.strictObject({ pin: z.string().regex(/^\d{6}$/, 'A PIN is six digits.') })
export type Signature = z.infer<typeof Signature>
