import type { IncomingHttpHeaders } from 'node:http'
import type { BuiltInIdentity } from '../built-in.ts'
import { refuseElsewhere } from '../elsewhere.ts'
import type { Identity } from '../identity.ts'
import type { ClerkStore } from './store.ts'
import type { ClerkTokens } from './tokens.ts'

type WhoIsIt = Omit<Identity, 'personOf'> & Pick<BuiltInIdentity, 'signIn'>

/** People sign in at Clerk; here their tokens are verified. Members, roles and grants stay ours. */
export function clerkIdentity({ tokens, store }: { tokens: ClerkTokens; store: ClerkStore }): WhoIsIt {
  const sessionOf: Identity['sessionOf'] = async (headers) => {
    const token = sessionTokenIn(headers)
    const claims = token && (await tokens.claimsOf(token))
    if (!claims) return null
    const userId = await store.sessionSeen(claims.sessionId, claims.userId, claims.expiresAt)
    if (!userId) return null
    const chosen = claims.clerkOrganizationId && (await store.organizationOf(claims.clerkOrganizationId))
    return { userId, sessionId: claims.sessionId, ...(chosen && { organizationId: chosen }) }
  }
  return {
    sessionOf,
    credentialIn: sessionTokenIn,
    usersOf: async (sessionIds) =>
      new Map((await store.sessions(sessionIds)).map((session) => [session.id, session.user_id])),
    // The page signs out at Clerk as well; from here on the token opens nothing, for the minute it still lives.
    async signOut(headers) {
      const token = sessionTokenIn(headers)
      const claims = token && (await tokens.claimsOf(token))
      if (claims) await store.endSession(claims.sessionId)
      return { cookies: [] }
    },
    rotate: async () => ({ cookies: [] }),
    signIn: async () => refuseElsewhere(),
  }
}

const JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/

/** Pages send Clerk's own cookie, apps a header. Either is only a claim until it is verified. */
function sessionTokenIn({ authorization, cookie }: IncomingHttpHeaders): string | null {
  const [, bearer] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? []
  const token = authorization === undefined ? cookieValue(cookie, '__session') : bearer
  return token && token.length <= 8000 && JWT.test(token) ? token : null
}

function cookieValue(header: string | undefined, name: string): string | undefined {
  const found = header?.split(';').find((pair) => pair.trim().startsWith(`${name}=`))
  return found?.trim().slice(name.length + 1)
}
