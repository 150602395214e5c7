import type { PasskeyAnswer } from '../account.ts'

type Challenge = { challengeId: string; options: Record<string, unknown> }

/** Browsers since 2025 speak the API's own JSON; older ones are told that they cannot. */
export const knowsPasskeys = () =>
  typeof PublicKeyCredential !== 'undefined' && 'parseCreationOptionsFromJSON' in PublicKeyCredential

/** Null when the person closed the browser's dialog, or has no such passkey here. */
export async function makePasskey({ challengeId, options }: Challenge): Promise<PasskeyAnswer | null> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
    options as unknown as PublicKeyCredentialCreationOptionsJSON,
  )
  return answerOf(challengeId, () => navigator.credentials.create({ publicKey }))
}

export async function showPasskey({ challengeId, options }: Challenge): Promise<PasskeyAnswer | null> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
    options as unknown as PublicKeyCredentialRequestOptionsJSON,
  )
  return answerOf(challengeId, () => navigator.credentials.get({ publicKey }))
}

async function answerOf(challengeId: string, ask: () => Promise<Credential | null>): Promise<PasskeyAnswer | null> {
  const credential = await ask().catch((error: DOMException) => {
    if (['NotAllowedError', 'AbortError', 'InvalidStateError'].includes(error.name)) return null
    throw error
  })
  if (!credential) return null
  const answer: unknown = (credential as PublicKeyCredential).toJSON()
  return { challengeId, credential: answer as PasskeyAnswer['credential'] }
}
