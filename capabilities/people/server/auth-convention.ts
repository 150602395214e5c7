import { notFound, refuse } from '@opsflow/platform/refusal'
import type { RateLimiter } from '@opsflow/platform/server/http/rate-limit'
import { sameOrigin } from '@opsflow/platform/server/http/same-origin'
import { validate } from '@opsflow/platform/server/http/validate'
import { fromNodeHeaders } from 'better-auth/node'
import express, { type Request as ExpressRequest, type Response as ExpressResponse, Router } from 'express'
import { SignIn } from '../account.ts'
import type { RememberingAuthenticator } from './authenticate.ts'
import { ADDRESS_HEADER } from './better-auth.ts'
import type { BuiltInIdentity } from './built-in.ts'

export type AuthConventionParts = {
  identity: Pick<BuiltInIdentity, 'respond' | 'signIn' | 'personOf'>
  authenticator: Pick<RememberingAuthenticator, 'forget'>
  rateLimiter: Pick<RateLimiter, 'address' | 'signIn' | 'signedIn'>
  publicOrigin: () => string
}

/**
 * better-auth's own paths, for clients that speak its convention: `/api/auth/sign-in/email`, `/sign-out` and
 * `/get-session`. Nothing else of it is reachable; the product's own way is /api/v1/session. Same limits, same check
 * of the origin, same second factor, same cookie; the session's token never appears in a body, where scripts could read it.
 */
export function authConvention(parts: AuthConventionParts): Router {
  const { identity, authenticator, rateLimiter, publicOrigin } = parts
  const router = Router({ caseSensitive: true, strict: true })

  const pass = async (req: ExpressRequest, res: ExpressResponse, body?: object) => {
    const headers = fromNodeHeaders({ cookie: req.headers.cookie, 'user-agent': req.headers['user-agent'] })
    headers.set('origin', publicOrigin())
    headers.set(ADDRESS_HEADER, req.ip ?? '')
    if (body) headers.set('content-type', 'application/json')
    const answer = await identity.respond(
      new Request(`${publicOrigin()}/api/auth${req.path}`, {
        method: req.method,
        headers,
        ...(body ? { body: JSON.stringify(body) } : {}),
      }),
    )
    const cookies = answer.headers.getSetCookie()
    if (cookies.length > 0) res.setHeader('set-cookie', cookies)
    res
      .status(answer.status)
      .type('application/json')
      .send(JSON.stringify(await answer.json(), withoutToken))
  }

  router.use(async (req, res, next) => {
    await rateLimiter.address(res, req.ip ?? '')
    sameOrigin(req, req.method, publicOrigin())
    next()
  })
  router.post('/sign-in/email', express.json({ limit: '8kb' }), async (req, res) => {
    const { email, password, ...second } = validate(SignIn, req.body ?? refuseBody(), 'body')
    const address = req.ip ?? ''
    await rateLimiter.signIn(res, address, email)
    const signedIn = await identity.signIn(email, password, { headers: req.headers, address }, second)
    if (!signedIn) return void res.status(401).json({ code: 'INVALID_EMAIL_OR_PASSWORD' })
    await rateLimiter.signedIn(address, email)
    const { userId: id, ...person } = (await identity.personOf(signedIn.userId)) ?? notFound()
    res.setHeader('set-cookie', signedIn.cookies)
    res.json({ redirect: false, user: { id, ...person } })
  })
  router.post('/sign-out', async (req, res) => {
    authenticator.forget(req.headers)
    await pass(req, res, {})
  })
  router.get('/get-session', (req, res) => pass(req, res))
  router.use(() => notFound())
  return router
}

const withoutToken = (key: string, value: unknown) => (key === 'token' ? undefined : value)

const refuseBody = () => refuse('malformed', 'body.malformed', { detail: 'Send email and password as JSON.' })
