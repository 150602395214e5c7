import type { ErrorRequestHandler, Request, Response } from 'express'
import { type FieldError, Refusal, type RefusalKind } from '../../refusal.ts'
import type { Problem } from '../../route.ts'
import type { Log } from '../log.ts'
import { EXPIRED_CONTEXT, isPassing } from '../passing.ts'

export const STATUS: Record<RefusalKind, number> = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  precondition: 412,
  too_large: 413,
  invalid: 422,
  too_many: 429,
  unavailable: 503,
}

const TITLE: Record<number, string> = {
  400: 'The request cannot be read',
  401: 'Sign in first',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'In conflict with what is stored',
  412: 'Not under these conditions',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Something in the request is wrong',
  429: 'Too many requests',
  500: 'Something broke on our side',
  503: 'Not available just now',
}

type Outcome = { status: number; code: string; detail?: string | undefined; errors?: FieldError[] | undefined }

export function sendProblem(res: Response, outcome: Outcome) {
  const problem: Problem = {
    type: `/api/docs#problem-${outcome.code}`,
    title: TITLE[outcome.status] ?? 'Refused',
    status: outcome.status,
    code: outcome.code,
    detail: outcome.detail ?? TITLE[outcome.status] ?? '',
    ...(outcome.errors && outcome.errors.length > 0 ? { errors: outcome.errors } : {}),
    requestId: res.locals.requestId,
  }
  res.status(outcome.status).type('application/problem+json').send(JSON.stringify(problem))
}

/** The last stop of every error: a refusal is answered as such, anything else is a bug, logged once and told without internals. */
export function problems(log: Log): ErrorRequestHandler {
  return (error, req, res, next) => {
    if (res.headersSent) return next(error)
    const refusal = refusalOf(error)
    if (!refusal) {
      log.error({ err: error, requestId: res.locals.requestId }, 'bug')
      return sendProblem(res, { status: 500, code: 'internal', detail: 'This is our mistake. It has been noted.' })
    }
    if (refusal.kind === 'unavailable') log.warn({ err: refusal.cause, requestId: res.locals.requestId }, refusal.code)
    noteAttempt(log, refusal, req, res)
    if (refusal.details.retryAfterSeconds) res.setHeader('retry-after', String(refusal.details.retryAfterSeconds))
    if (refusal.kind === 'unauthenticated') res.setHeader('www-authenticate', 'Bearer realm="opsflow"')
    sendProblem(res, { status: STATUS[refusal.kind], code: refusal.code, ...refusal.details })
  }
}

/**
 * What somebody may be trying: a wrong password, code or PIN, a page of another site, more than they may. Who, from where
 * and at which door; nothing of what was shown. A flood that a limit turned away is told at `info` only.
 */
function noteAttempt(log: Log, { kind, code }: Refusal, req: Request, res: Response) {
  const isAttempt = kind === 'forbidden' || (kind === 'unauthenticated' && ATTEMPTS.has(code))
  if (!isAttempt && kind !== 'too_many') return
  const { requestId, route = null, caller } = res.locals
  const actor = caller ? `${caller.actor.kind}:${caller.actor.id}` : null
  const attempt = { requestId, code, route, address: req.ip ?? null, actor, tenant: caller?.actor.tenantId ?? null }
  if (isAttempt) log.warn(attempt, 'attempt')
  else log.info(attempt, 'attempt')
}

const ATTEMPTS = new Set(['people.sign_in_failed', 'people.code_wrong'])

/** What body parsing and the database say, in the caller's terms; undefined for a true bug. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error
  const { type, code } = error as { type?: string; code?: string }
  if (type === 'entity.too.large')
    return new Refusal('too_large', 'body.too_large', { detail: 'The body is too large.' })
  if (type === 'entity.parse.failed') {
    return new Refusal('malformed', 'body.malformed', {
      detail: 'The body is not valid JSON.',
      errors: [{ path: 'body', code: 'malformed', message: 'Send one JSON document in UTF-8.' }],
    })
  }
  if (type === 'encoding.unsupported' || type === 'charset.unsupported' || type === 'request.size.invalid') {
    return new Refusal('malformed', 'body.encoding', { detail: 'Send UTF-8, plain or with gzip, deflate or br.' })
  }
  if (type === 'request.aborted' || /^(Z_(DATA|BUF)_ERROR|ERR__ERROR_FORMAT_\w+)$/.test(code ?? '')) {
    return new Refusal('malformed', 'body.truncated', { detail: 'The body ended before it was complete.' })
  }
  if (error instanceof URIError) return new Refusal('malformed', 'path.malformed', { detail: 'The path is not valid.' })
  if (code === '23505') return new Refusal('conflict', 'duplicate', { detail: 'This already exists.' }).withCause(error)
  if (code === '23503') {
    return new Refusal('invalid', 'reference.unknown', {
      detail: 'Something this refers to does not exist.',
    }).withCause(error)
  }
  if (code === '55P03' || code === '57014') {
    return new Refusal('unavailable', 'database.busy', {
      detail: 'Someone else is changing this just now. Try again in a moment.',
      retryAfterSeconds: 1,
    }).withCause(error)
  }
  if (/^(53100|ENOSPC|EDQUOT)$/.test(code ?? '')) {
    return new Refusal('unavailable', 'database.full', {
      detail: 'The server has no room left. Nothing was stored; whoever runs it has to make room.',
      retryAfterSeconds: 30,
    }).withCause(error)
  }
  if (code === EXPIRED_CONTEXT) {
    return new Refusal('unavailable', 'database.clock', {
      detail: 'The clocks of this server and of its database disagree. Nothing was stored; try again in a moment.',
      retryAfterSeconds: 10,
    }).withCause(error)
  }
  if (isPassing(error)) {
    return new Refusal('unavailable', 'database.connection_lost', {
      detail: 'The connection to the database was lost. Repeat the request with the same Idempotency-Key.',
      retryAfterSeconds: 2,
    }).withCause(error)
  }
  return undefined
}
