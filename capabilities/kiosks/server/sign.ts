import { refuse } from '@opsflow/platform/refusal'
import type { Signatures } from '@opsflow/platform/server/signatures'
import { checkPin, type PinParts } from './check-pin.ts'

/**
 * A critical record made on a shared tablet is signed with the PIN once more: whoever is at it now may not be who
 * entered it a minute ago. A personal session is proof enough. Wrong PINs count with those of signing in.
 */
export const pinSignatures = (parts: PinParts): Signatures => ({
  async demand(actor, signature) {
    if (actor.kioskId === undefined) return
    if (!signature) {
      refuse('invalid', 'signature.missing', MISSING)
    }
    await checkPin(
      parts,
      actor,
      { memberId: actor.id, pin: signature.pin, purpose: 'signature' },
      async () => undefined,
    )
  },
})

const MISSING = {
  detail: 'On a shared tablet this is signed with your PIN.',
  errors: [{ path: 'body.signature', code: 'signature.missing', message: 'Enter your PIN.' }],
}
