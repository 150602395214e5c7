import { randomUUID } from 'node:crypto'
import express, { type Request, type RequestHandler, type Response, Router } from 'express'
import { z } from 'zod'
import { type Actor, can } from '../../actor.ts'
import { Refusal, refuse } from '../../refusal.ts'
import type { Route, RouteKey } from '../../route.ts'
import type { Authenticator, Caller } from '../authenticator.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { Database, Tx } from '../tenant.ts'
import { sendCompressed } from './compressed.ts'
import { type Answered, once, operationOf } from './idempotency.ts'
import type { Call, Implementation } from './implement.ts'
import { sendProblem } from './problem.ts'
import type { RateLimiter } from './rate-limit.ts'
import { sameOrigin } from './same-origin.ts'
import { validate } from './validate.ts'

export type ApiParts = {
  implementations: readonly Implementation[]
  database: Database
  authenticator: Authenticator
  rateLimiter: RateLimiter
  metrics: Metrics
  log: Log
  publicOrigin: () => string
  /** Development and tests: an answer that breaks its own contract is a failure, not a warning. */
  strictAnswers: boolean
}

const JSON_MAX_BYTES = 256 * 1024
const UNSAFE = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/** Every route of the contract, in the order a request meets it: known? → who? → how often? → valid? → allowed? → done. */
export function apiRouter(parts: ApiParts): Router {
  const router = Router({ caseSensitive: true, strict: true })
  const methodsByPath = new Map<string, string[]>()
  for (const implementation of parts.implementations) {
    const [method, path] = implementation.key.split(' ') as [string, string]
    const expressPath = path.replaceAll(/\{(\w+)\}/g, ':$1')
    methodsByPath.set(expressPath, [...(methodsByPath.get(expressPath) ?? []), method])
    const verb = method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete'
    router[verb](expressPath, ...serve(implementation, parts))
  }
  for (const [path, methods] of methodsByPath) {
    router.all(path, (_req, res) => {
      res.setHeader('allow', methods.join(', '))
      sendProblem(res, { status: 405, code: 'method_not_allowed', detail: `Here: ${methods.join(', ')}.` })
    })
  }
  router.use((_req, res) => sendProblem(res, { status: 404, code: 'not_found', detail: NOT_FOUND }))
  return router
}

const NOT_FOUND = 'No such thing, or it is not yours to see.'

function serve(implementation: Implementation, parts: ApiParts): RequestHandler[] {
  const { key, route } = implementation
  const [method] = key.split(' ') as [string]
  const answerOf = answers(route, parts)
  const handle: RequestHandler = async (req, res) => {
    const started = process.hrtime.bigint()
    res.on('finish', () => {
      const seconds = Number(process.hrtime.bigint() - started) / 1e9
      parts.metrics.requests.observe({ route: key, status: String(res.statusCode) }, seconds)
    })
    const caller = res.locals.caller as Caller | null
    const input = {
      params: validate(route.params ?? Nothing, req.params, 'path'),
      query: validate(route.query ?? Nothing, queryOf(req), 'query'),
      body: route.body ? validate(route.body, req.body, 'body') : undefined,
    }
    const operation = UNSAFE.has(method) ? operationOf(req.get('idempotency-key'), method, req.path, req.body) : null
    let answered: Answered | undefined

    const actor = caller?.actor ?? null
    const acting = () => actor ?? refuse('unauthenticated', 'unauthenticated')
    const call: Call<Route> = {
      ...(input as Pick<Call<Route>, 'params' | 'query' | 'body'>),
      actor: actor as Actor,
      requestId: res.locals.requestId,
      database: parts.database,
      read: (work) => parts.database.read(acting(), work),
      readOne: (asked, params) => parts.database.readOne(acting(), asked, params),
      readBatch: (statements) => parts.database.readBatch(acting(), statements),
      async write<T>(work: (tx: Tx) => Promise<T>) {
        if (answered) throw new Error(`${key} writes twice: one request, one transaction`)
        if (!operation) return parts.database.write(acting(), work)
        const outcome = await parts.database.write(acting(), (tx) =>
          once(tx, operation, route.status ?? 200, () => work(tx)),
        )
        answered = outcome
        return outcome.answer as T
      },
      http: { headers: req.headers, ip: req.ip ?? '', setHeader: (name, value) => void res.setHeader(name, value) },
    }
    const answer = await implementation.handle(call)
    if (operation) res.setHeader('idempotency-replayed', String(answered?.replayed ?? false))
    answerOf(res, answered?.replayed ? answered.answer : answer)
  }
  return [admit(key, route, parts), readBody(route), handle]
}

const Nothing = z.looseObject({})

/** `organizationId` chooses the organization on every route, so it is not a parameter of any. */
function queryOf(req: Request): Record<string, unknown> {
  const { organizationId: _, ...query } = req.query
  return query
}

/** Knows the caller, counts the request, and asks for the route's permission before a byte of the body is read. */
function admit(key: RouteKey, route: Route, parts: ApiParts): RequestHandler {
  const [method] = key.split(' ') as [string]
  const callers = route.callers ?? ['member', 'key']
  return async (req, res, next) => {
    const caller = await identify(req, res, route, parts)
    res.locals.caller = caller
    const byCookie = caller?.via === 'session' || caller?.via === 'kiosk'
    if (byCookie || (!caller && UNSAFE.has(method))) sameOrigin(req, method, parts.publicOrigin())
    if (route.permission !== 'public') {
      if (!caller) return refuse('unauthenticated', 'unauthenticated', { detail: 'Sign in, or send a valid key.' })
      const { actor } = caller
      if (actor.kind === 'kiosk' && !callers.includes('kiosk')) refuseTablet()
      if (actor.kind !== 'system' && !callers.includes(actor.kind)) {
        refuse('forbidden', 'forbidden', { detail: `This is not for a ${actor.kind}.` })
      }
      if (route.permission !== 'signed-in' && !can(actor, route.permission)) {
        refuse('forbidden', 'forbidden', { detail: `This needs the permission ${route.permission}.` })
      }
    }
    next()
  }
}

/** Nobody is signed in on this tablet: never, or no longer. */
const refuseTablet = () =>
  refuse('unauthenticated', 'kiosk.nobody', { detail: 'Choose your name on this tablet and enter your PIN.' })

async function identify(req: Request, res: Response, route: Route, parts: ApiParts): Promise<Caller | null> {
  let caller: Caller | null
  try {
    caller = await parts.authenticator.authenticate({
      headers: req.headers,
      organizationId: organizationOf(req),
      isRead: req.method === 'GET',
    })
  } catch (error) {
    // Signing in with a stale cookie, or asking who one is, must not fail on the very thing it mends.
    if (route.permission !== 'public' || !(error instanceof Refusal) || error.kind === 'unavailable') throw error
    caller = null
  }
  if (caller) res.setHeader('x-organization-id', caller.actor.organizationId)
  if (caller) await parts.rateLimiter.credential(res, `${caller.via}:${caller.credential}`, caller.actor.tenantId)
  else await parts.rateLimiter.address(res, req.ip ?? '')
  return caller
}

function organizationOf(req: Request): string | undefined {
  const chosen = req.query.organizationId ?? req.get('x-organization-id')
  if (chosen === undefined) return undefined
  return validate(OrganizationName, chosen, 'query').toLowerCase()
}

/** Its id, or its slug as it stands in the address of a page. */
const OrganizationName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,62}$/)

function readBody(route: Route): RequestHandler {
  if (!route.body) return (_req, _res, next) => next()
  const { type, maxBytes } = route.accepts ?? { type: 'application/json', maxBytes: JSON_MAX_BYTES }
  const read =
    type === 'application/json'
      ? express.json({ limit: maxBytes, strict: false, type: () => true })
      : express.raw({ limit: maxBytes, type: () => true })
  return (req, res, next) => {
    const given = req.get('content-type')?.split(';')[0]?.trim().toLowerCase()
    const hasBody = Number(req.get('content-length') ?? 0) > 0 || req.get('transfer-encoding') !== undefined
    if (hasBody && given !== type) {
      return sendProblem(res, { status: 415, code: 'unsupported_media_type', detail: `Send the body as ${type}.` })
    }
    read(req, res, next)
  }
}

/** Sends an answer in the shape the contract promises: fields it does not name are left out, a wrong one is a bug. */
function answers(route: Route, { log, strictAnswers }: ApiParts) {
  const status = route.status ?? 200
  return (res: Response, answer: unknown) => {
    if (status === 204) return void res.status(204).end()
    const parsed = route.response.safeParse(answer)
    if (!parsed.success) {
      const error = new Error(`the answer breaks its contract: ${z.prettifyError(parsed.error)}`)
      if (strictAnswers) throw error
      log.error({ err: error, requestId: res.locals.requestId }, 'contract')
    }
    sendCompressed(res.status(status).type('application/json'), JSON.stringify(parsed.success ? parsed.data : answer))
  }
}

/** Request id, access log, and the headers every answer of the API carries. */
export function requestFrame(log: Log): RequestHandler {
  return (req, res, next) => {
    const given = req.get('x-request-id')
    res.locals.requestId = given && /^[\w.-]{8,100}$/.test(given) ? given : randomUUID()
    res.setHeader('x-request-id', res.locals.requestId)
    const started = performance.now()
    res.on('finish', () => {
      const caller = res.locals.caller as Caller | null | undefined
      log.info(
        {
          requestId: res.locals.requestId,
          method: req.method,
          route: req.route?.path ?? null,
          status: res.statusCode,
          ms: Math.round(performance.now() - started),
          actor: caller ? `${caller.actor.kind}:${caller.actor.id}` : null,
          tenant: caller?.actor.tenantId ?? null,
        },
        'request',
      )
    })
    next()
  }
}
