import { randomUUID } from 'node:crypto'
import { pipeline, Readable } from 'node:stream'
import { isDeepStrictEqual } from 'node:util'
import express, { type Request, type RequestHandler, type Response } from 'express'
import { z } from 'zod'
import { type Actor, can } from '../../actor.ts'
import { editionHeader, oldestEdition } from '../../contract.ts'
import { Refusal, refuse } from '../../refusal.ts'
import type { FileAnswer, Route, RouteKey } from '../../route.ts'
import type { Authenticator, Caller } from '../authenticator.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { Database, Tx } from '../tenant.ts'
import { sendCompressed } from './compressed.ts'
import { type Answered, once, operationOf } from './idempotency.ts'
import type { Call, Implementation } from './implement.ts'
import { sendProblem } from './problem.ts'
import { projectionOf } from './projection.ts'
import type { RateLimiter } from './rate-limit.ts'
import { RouteMap } from './route-map.ts'
import { sameOrigin } from './same-origin.ts'
import { validate } from './validate.ts'
import { mayBeHalved, wellFormed } from './well-formed.ts'

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
export function apiRouter(parts: ApiParts): RequestHandler {
  const routes = new RouteMap<Serve>()
  for (const implementation of parts.implementations) {
    const [method, path] = implementation.key.split(' ') as [string, string]
    routes.add(method, path, serve(implementation, parts))
  }
  return (req, res, next) => {
    if (isOutdated(req)) return sendProblem(res, OUTDATED)
    const found = routes.find(req.method === 'HEAD' ? 'GET' : req.method, req.path)
    if (!found) return sendProblem(res, { status: 404, code: 'not_found', detail: NOT_FOUND })
    if ('what' in found) return void found.what(req, res, found.params).catch(next)
    res.setHeader('allow', found.methods.join(', '))
    sendProblem(res, { status: 405, code: 'method_not_allowed', detail: `Here: ${found.methods.join(', ')}.` })
  }
}

/** Only our own app names an edition; programs keep to `/api/v1`. */
const isOutdated = (req: Request) => Number.parseInt(req.get(editionHeader) ?? '', 10) < oldestEdition

const OUTDATED = { status: 409, code: 'app.outdated', detail: 'This app is older than the server. Load it anew.' }

const NOT_FOUND = 'No such thing, or it is not yours to see.'

type Serve = (req: Request, res: Response, params: Record<string, string>) => Promise<void>

function serve(implementation: Implementation, parts: ApiParts): Serve {
  const { key, route } = implementation
  const [method] = key.split(' ') as [string]
  const answerOf = answers(route, parts)
  const admitted = admit(key, route, parts)
  const bodyRead = readBody(route)
  return async (req, res, params) => {
    res.locals.route = key
    // `organizationId` chooses the organization on every route, so it is not a parameter of any.
    const { organizationId = req.get('x-organization-id'), ...query } = req.query
    const caller = await admitted(req, res, organizationId)
    if (!(await bodyRead(req, res))) return
    const input = {
      params: validate(route.params ?? Nothing, params, 'path'),
      query: validate(route.query ?? Nothing, query, 'query'),
      body: bodyOf(route, req),
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
        if (key.startsWith('GET ')) throw new Error(`${key} writes: reading changes nothing that is asked for`)
        if (answered) throw new Error(`${key} writes twice: one request, one transaction`)
        const writing = { ...acting(), doing: key }
        if (!operation) return parts.database.write(writing, work)
        const outcome = await parts.database.write(writing, (tx) =>
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
}

const Nothing = z.looseObject({})

/** Knows the caller, counts the request, and asks for the route's permission before a byte of the body is read. */
function admit(key: RouteKey, route: Route, parts: ApiParts) {
  const [method] = key.split(' ') as [string]
  const callers = route.callers ?? ['member', 'key']
  return async (req: Request, res: Response, organizationId: unknown): Promise<Caller | null> => {
    const caller = await identify(req, res, organizationId, route, parts)
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
    return caller
  }
}

/** Nobody is signed in on this tablet: never, or no longer. */
const refuseTablet = () =>
  refuse('unauthenticated', 'kiosk.nobody', { detail: 'Choose your name on this tablet and enter your PIN.' })

async function identify(
  req: Request,
  res: Response,
  organizationId: unknown,
  route: Route,
  parts: ApiParts,
): Promise<Caller | null> {
  let caller: Caller | null
  try {
    caller = await parts.authenticator.authenticate({
      headers: req.headers,
      organizationId: organizationId === undefined ? undefined : validate(OrganizationName, organizationId, 'query'),
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

/** Its id, or its slug as it stands in the address of a page. */
const OrganizationName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,62}$/)

function bodyOf(route: Route, req: Request): unknown {
  if (route.accepts?.streamed) return unbroken(req)
  return route.body ? validate(route.body, req.body, 'body') : undefined
}

/**
 * A handler that stops reading would destroy the request, and the answer that says why with it. What still comes is thrown
 * away after the answer, for a while.
 */
function unbroken(req: Request): AsyncIterable<Uint8Array> {
  req.res?.once('finish', () => {
    req.resume()
    const late = setTimeout(() => req.destroy(), REST_OF_BODY_MS)
    req.once('close', () => clearTimeout(late))
  })
  return { [Symbol.asyncIterator]: () => req.iterator({ destroyOnReturn: false }) }
}
const REST_OF_BODY_MS = 10_000

/** False when a body of another kind was answered already. */
function readBody(route: Route): (req: Request, res: Response) => Promise<boolean> {
  if (!route.body) return async () => true
  const { type, maxBytes, streamed } = route.accepts ?? { type: 'application/json', maxBytes: JSON_MAX_BYTES }
  const empty = new WeakSet<object>()
  const halved = new WeakSet<object>()
  const note = (req: object, _res: unknown, bytes: Buffer) => {
    if (bytes.length === 0) empty.add(req)
    else if (mayBeHalved(bytes)) halved.add(req)
  }
  const read =
    type === 'application/json'
      ? express.json({ limit: maxBytes, strict: false, type: () => true, verify: note })
      : express.raw({ limit: maxBytes, type: () => true })
  return async (req, res) => {
    const given = req.get('content-type')?.split(';')[0]?.trim().toLowerCase()
    const hasBody = Number(req.get('content-length') ?? 0) > 0 || req.get('transfer-encoding') !== undefined
    if (hasBody && given !== type) {
      sendProblem(res, { status: 415, code: 'unsupported_media_type', detail: `Send the body as ${type}.` })
      return false
    }
    if (streamed) {
      if (req.get('content-encoding') === undefined) return true
      sendProblem(res, {
        status: 415,
        code: 'unsupported_media_type',
        detail: 'Send the bytes as they are, not compressed.',
      })
      return false
    }
    await new Promise<void>((resolve, reject) => read(req, res, (error) => (error ? reject(error) : resolve())))
    if (empty.has(req)) req.body = undefined // nothing is not {}, which the parser makes of it
    if (halved.has(req)) req.body = wellFormed(req.body)
    return true
  }
}

/** In production, of so many answers of a route one is held against its contract; a wrong one is a bug, and logged. */
const CHECK_EVERY = 100

/** Sends an answer in the shape the contract promises: fields it does not name are left out. */
function answers(route: Route, { log, strictAnswers }: ApiParts) {
  const status = route.status ?? 200
  const project = projectionOf(route.response) ?? ((answer: unknown) => answer)
  let sent = 0
  const checked = (answer: unknown, requestId: string) => {
    const parsed = route.response.safeParse(answer)
    if (parsed.success) {
      if (strictAnswers && !isDeepStrictEqual(asJson(project(answer)), asJson(parsed.data))) {
        throw new Error('the projection of an answer is not what its schema makes of it')
      }
      return parsed.data
    }
    const error = new Error(`the answer breaks its contract: ${z.prettifyError(parsed.error)}`)
    if (strictAnswers) throw error
    log.error({ err: error, requestId }, 'contract')
    return project(answer)
  }
  return (res: Response, answer: unknown) => {
    res.statusCode = status
    if (status === 204) return void res.end()
    if (route.produces === '*/*') return sendFile(res, answer as FileAnswer)
    const isChecked = strictAnswers || sent++ % CHECK_EVERY === 0
    const told = isChecked ? checked(answer, res.locals.requestId) : project(answer)
    res.setHeader('content-type', `${route.produces ?? 'application/json'}; charset=utf-8`)
    sendCompressed(res, route.produces ? String(told) : JSON.stringify(told))
  }
}

/** Ends when the reader goes away: whatever gives the bytes is told. */
function sendFile(res: Response, { mediaType, size, bytes }: FileAnswer) {
  res.setHeader('content-type', mediaType)
  res.setHeader('content-length', size)
  const source = Readable.from(bytes)
  if (res.req.method === 'HEAD') {
    source.destroy()
    return void res.end()
  }
  pipeline(source, res, () => undefined)
}

const asJson = (answer: unknown) => (answer === undefined ? undefined : JSON.parse(JSON.stringify(answer)))

/** Request id, access log, and how long each route takes. */
export function requestFrame({ log, metrics }: Pick<ApiParts, 'log' | 'metrics'>): RequestHandler {
  return (req, res, next) => {
    const given = req.get('x-request-id')
    res.locals.requestId = given && /^[\w.-]{8,100}$/.test(given) ? given : randomUUID()
    res.setHeader('x-request-id', res.locals.requestId)
    const started = performance.now()
    res.on('finish', () => {
      const caller = res.locals.caller as Caller | null | undefined
      const millis = performance.now() - started
      const route = res.locals.route as string | undefined
      if (route) metrics.requests.observe({ route, status: String(res.statusCode) }, millis / 1000)
      log.info(
        {
          requestId: res.locals.requestId,
          method: req.method,
          route: route ?? req.route?.path ?? null,
          status: res.statusCode,
          ms: Math.round(millis),
          actor: caller ? `${caller.actor.kind}:${caller.actor.id}` : null,
          tenant: caller?.actor.tenantId ?? null,
        },
        'request',
      )
    })
    next()
  }
}
