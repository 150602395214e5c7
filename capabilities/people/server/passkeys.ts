import { refuse } from '@opsflow/platform/refusal'
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import type pg from 'pg'
import type { Passkey, PasskeyAnswer } from '../account.ts'
import { isSecureOrigin } from './session-cookie.ts'
import { passkeysIn } from './store-passkeys.ts'

const MINUTES = 5

export type Passkeys = ReturnType<typeof passkeysAt>

/**
 * WebAuthn for the origin people reach the product under. The authenticator verifies its person (fingerprint, face,
 * PIN), so a passkey is two factors in one, and no code is asked for after it.
 */
export function passkeysAt(publicUrl: string, pool: pg.Pool) {
  const { origin, hostname } = new URL(publicUrl)
  const stored = passkeysIn(pool)
  const isAvailable = isSecureOrigin(publicUrl) && !isAddress(hostname)

  const challengeFor = async <O extends { challenge: string }>(userId: string | null, options: O) => ({
    challengeId: await stored.insertChallenge(userId, options.challenge, MINUTES),
    options: options as unknown as Record<string, unknown>,
  })
  const transportsOf = (key: { credential_id: string; transports: string[] }) => ({
    id: key.credential_id,
    transports: key.transports,
  })

  return {
    isAvailable,
    ofUser: async (userId: string): Promise<Passkey[]> => stored.ofUser(userId),
    remove: stored.remove,

    /** What the authenticator signs to prove who it is; for a known person with their own passkeys only. */
    async challenge(userId: string | null) {
      if (!isAvailable) refuseUnavailable()
      const own = userId === null ? [] : await stored.ofUser(userId)
      const options = await generateAuthenticationOptions({
        rpID: hostname,
        userVerification: 'required',
        allowCredentials: own.map(transportsOf),
        timeout: MINUTES * 60_000,
      })
      return challengeFor(userId, options)
    },

    /** Whose passkey this is; null when it is nobody's, or proves nothing. */
    async check({ challengeId, credential }: PasskeyAnswer, userId: string | null): Promise<string | null> {
      const challenge = await stored.takeChallenge(challengeId, userId)
      const key = await stored.byCredential(credential.id)
      if (!challenge || !key || (userId !== null && key.user_id !== userId)) return null
      const proof = await verifyAuthenticationResponse({
        response: credential as unknown as AuthenticationResponseJSON,
        expectedChallenge: challenge,
        expectedOrigin: origin,
        expectedRPID: hostname,
        requireUserVerification: true,
        credential: {
          id: key.credential_id,
          publicKey: new Uint8Array(key.public_key),
          counter: key.counter,
          transports: key.transports,
        },
      }).catch(() => undefined) // says in words what is wrong with it; to us all of it is one answer
      if (!proof?.verified) return null
      await stored.noteUse(key.id, proof.authenticationInfo.newCounter)
      return key.user_id
    },

    async beginAdding(account: { id: string; email: string; name: string }) {
      if (!isAvailable) refuseUnavailable()
      const options = await generateRegistrationOptions({
        rpName: 'OpsFlow',
        rpID: hostname,
        userName: account.email,
        userDisplayName: account.name,
        userID: new TextEncoder().encode(account.id),
        attestationType: 'none',
        excludeCredentials: (await stored.ofUser(account.id)).map(transportsOf),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        timeout: MINUTES * 60_000,
      })
      return challengeFor(account.id, options)
    },

    async add(userId: string, name: string, { challengeId, credential }: PasskeyAnswer): Promise<Passkey> {
      const challenge = await stored.takeChallenge(challengeId, userId)
      if (!challenge) return refusePasskey()
      const made = await verifyRegistrationResponse({
        response: credential as unknown as RegistrationResponseJSON,
        expectedChallenge: challenge,
        expectedOrigin: origin,
        expectedRPID: hostname,
        requireUserVerification: true,
      }).catch(() => undefined)
      if (!made?.verified) return refusePasskey()
      const { id, publicKey, counter, transports = [] } = made.registrationInfo.credential
      const added = await stored.insert({ userId, name, credentialId: id, publicKey, counter, transports })
      return added ?? refusePasskey()
    },
  }
}

/** WebAuthn is bound to a name; an address has none. */
const isAddress = (hostname: string) => /^[\d.]+$/.test(hostname) || hostname.startsWith('[')

export const refusePasskey = () =>
  refuse('forbidden', 'people.passkey_refused', { detail: 'This passkey does not open an account here. Try again.' })

const refuseUnavailable = () =>
  refuse('conflict', 'people.passkeys_unavailable', {
    detail: 'Passkeys need a name and an encrypted connection: reach the product by https, or as localhost.',
  })
