import { verifyToken } from '@clerk/backend'

/** What we take from a session token of Clerk's: who, in which session, and the organization chosen there. */
export type Claims = { userId: string; sessionId: string; clerkOrganizationId: string | null; expiresAt: Date }

export type ClerkTokens = { claimsOf: (token: string) => Promise<Claims | null> }

export type ClerkTokenParts = {
  /** PEM of the instance's public key: tokens are verified here, without asking Clerk. */
  jwtKey: string
  publishableKey: string
  /** The pages a token may come from: Clerk writes into `azp` where it was made. */
  publicOrigin: () => string
}

/** Session tokens, verified offline. Whatever does not open is null: forged, expired, of another instance or site. */
export function clerkTokens({ jwtKey, publishableKey, publicOrigin }: ClerkTokenParts): ClerkTokens {
  const issuer = `https://${frontendApiOf(publishableKey)}`
  return {
    async claimsOf(token) {
      const claims = await verified(token, jwtKey, publicOrigin())
      if (!claims || claims.iss !== issuer || !claims.sub || !claims.sid || !claims.azp) return null
      // A pending session has something left to do (choose an organization, a second factor): not signed in yet.
      if ('sts' in claims && claims.sts !== 'active') return null
      const chosen = 'o' in claims ? (claims.o as { id?: string } | undefined) : undefined
      return {
        userId: claims.sub,
        sessionId: claims.sid,
        clerkOrganizationId: chosen?.id ?? null,
        expiresAt: new Date(claims.exp * 1000),
      }
    },
  }
}

/** The host behind a publishable key: `pk_live_` and base64 of `clerk.example.com$`. */
export function frontendApiOf(publishableKey: string): string {
  const [, encoded = ''] = /^pk_(?:live|test)_([A-Za-z0-9+/=_-]+)$/.exec(publishableKey) ?? []
  const host = Buffer.from(encoded, 'base64').toString('utf8')
  return /^[a-z0-9.-]+\$$/.test(host) ? host.slice(0, -1) : ''
}

/** Clerk's function throws for every token that does not hold; why it does not is nobody's business. */
async function verified(token: string, jwtKey: string, origin: string) {
  try {
    return await verifyToken(token, { jwtKey, authorizedParties: [origin], clockSkewInMs: 5000 })
  } catch {
    return null
  }
}
