import type { z } from 'zod'
import { contractEdition, editionHeader } from '../contract.ts'
import type { CallInput, Problem, RouteTable } from '../route.ts'
import { ApiProblem, Unreachable } from './problem.ts'

export { ApiProblem, Unreachable } from './problem.ts'

export type CallOptions = {
  signal?: AbortSignal
  /** Give the same key again to repeat a write safely. Made fresh when absent. */
  idempotencyKey?: string
}

/** Bytes that are no table say what they are, as their route asks. */
type Bytes<R> = R extends { accepts: { type: infer Type extends `application/${string}octet-stream` } }
  ? { contentType: Type }
  : Record<never, never>

type Input<R> = CallInput<R> & CallOptions & Bytes<R>

/** Nothing required means the argument may be left out. */
type Arguments<R> = Record<never, never> extends CallInput<R> ? [input?: Input<R>] : [input: Input<R>]

/** What arrives: defaults are filled in. */
export type Received<R> = R extends { response: infer S extends z.ZodType } ? z.output<S> : never

export type Client<Routes extends RouteTable> = <Key extends keyof Routes & string>(
  key: Key,
  ...input: Arguments<Routes[Key]>
) => Promise<Received<Routes[Key]>>

export type ClientSettings = {
  base?: string
  /** The organization the person works in; unset while they belong to one only. */
  organizationId?: () => string | undefined
  /** Called once for each answer that says the session is over. */
  onSignedOut?: () => void
  /** Called for each answer that says that this app is too old to speak with the server. */
  onOutdated?: () => void
  fetch?: typeof fetch
}

/** Calls the routes of a table by their key. Types only: neither the table nor zod reaches the bundle. */
export function createClient<Routes extends RouteTable>(settings: ClientSettings = {}): Client<Routes> {
  const { base = '/api/v1', fetch: send = globalThis.fetch } = settings

  return async function call(key: string, input: LooseInput = {}) {
    const [method = 'GET', path = ''] = key.split(' ')
    const response = await send(base + fillPath(path, input.params) + queryString(input.query), {
      method,
      headers: headersOf(method, input, settings.organizationId?.()),
      credentials: 'same-origin',
      ...bodyOf(input.body),
      ...(input.signal && { signal: input.signal }),
    }).catch((cause: unknown) => {
      if (input.signal?.aborted) throw cause
      throw new Unreachable('The server could not be reached.', { cause })
    })
    if (response.ok) return answerOf(response)
    const problem = await problemOf(response)
    if (problem.status === 401) settings.onSignedOut?.()
    if (problem.code === 'app.outdated') settings.onOutdated?.()
    throw new ApiProblem(problem)
  } as Client<Routes>
}

/** A file comes as its text, everything else as the document it is. */
function answerOf(response: Response): Promise<unknown> | undefined {
  if (response.status === 204) return undefined
  return response.headers.get('content-type')?.startsWith('text/csv') ? response.text() : response.json()
}

type LooseInput = CallOptions & {
  params?: Record<string, string>
  query?: Record<string, unknown>
  body?: unknown
  contentType?: string
}

const fillPath = (path: string, params: Record<string, string> = {}) =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))

function queryString(query: Record<string, unknown> = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null)
  if (given.length === 0) return ''
  return `?${new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)]))}`
}

function headersOf(method: string, input: LooseInput, organizationId: string | undefined) {
  const headers: Record<string, string> = { accept: 'application/json', [editionHeader]: String(contractEdition) }
  if (organizationId) headers['x-organization-id'] = organizationId
  if (method !== 'GET') headers['idempotency-key'] = input.idempotencyKey ?? crypto.randomUUID()
  if (input.body !== undefined) headers['content-type'] = input.contentType ?? typeOf(input.body)
  return headers
}

/** Bytes go as they are (a CSV file to import), a file is never held as a whole; everything else is JSON. */
function bodyOf(body: unknown): { body?: string | Uint8Array<ArrayBuffer> | Blob } {
  if (body === undefined) return {}
  if (body instanceof Blob) return { body }
  return { body: body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body) }
}

const typeOf = (body: unknown) => (body instanceof Uint8Array ? 'text/csv' : 'application/json')

async function problemOf(response: Response): Promise<Problem> {
  const body = await response.json().catch(() => undefined)
  if (body && typeof body === 'object' && 'code' in body) return body as Problem
  return {
    type: 'about:blank',
    title: response.statusText,
    status: response.status,
    code: response.status >= 500 ? 'unavailable' : 'unexpected',
    detail: 'The server gave no usable answer.',
    requestId: response.headers.get('x-request-id') ?? '',
  }
}
