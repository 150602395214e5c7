import { z } from 'zod'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
export type RouteKey = `${Method} /${string}`

/**
 * One route of the public contract. From it come validation both ways, the OpenAPI document, the docs page,
 * the typed client and the list that the isolation tests walk. Paths are relative to /api/v1; `{id}` names a parameter.
 */
export type Route = {
  summary: string
  description?: string
  tag: string
  /**
   * Who may call: a permission of the catalogue; 'signed-in' for anyone with a session or key; 'public' for anyone.
   * A permission is checked here for "anywhere at all"; the command checks it again at the row's location.
   */
  permission: string
  /** Who may be the caller, besides a member with a session. Default: API keys may, devices and bare tablets may not. */
  callers?: readonly ('member' | 'key' | 'device' | 'kiosk')[]
  params?: z.ZodType
  query?: z.ZodType
  body?: z.ZodType
  /**
   * Media type and greatest size in bytes of the request body. Default: application/json, 256 KiB. A streamed body is
   * handed over as it arrives, and whoever takes it counts its bytes: then `body` is `StreamBody`.
   */
  accepts?: { type: string; maxBytes: number; streamed?: true }
  /** Media type of the answer, where it is a file and no document: its text, or for `*\/*` a `FileAnswer`. */
  produces?: 'text/csv' | '*/*'
  response: z.ZodType
  status?: 200 | 201 | 202 | 204
  /** Refusal codes of the capability that this route can answer, beside the platform's own. */
  refusals?: readonly string[]
}

export type RouteTable = Record<RouteKey, Route>

export const defineRoutes = <const T extends RouteTable>(table: T): T => table

type Part<R, K extends string, D> = K extends keyof R ? (R[K] extends z.ZodType ? z.output<R[K]> : D) : D
type PartIn<R, K extends string> = K extends keyof R ? (R[K] extends z.ZodType ? z.input<R[K]> : never) : never

/** What a handler receives after validation. */
export type Params<R> = Part<R, 'params', Record<never, never>>
export type Query<R> = Part<R, 'query', Record<never, never>>
export type Body<R> = Part<R, 'body', undefined>
/** What a handler returns before validation, and a client receives. */
export type Answer<R> = R extends { response: infer S extends z.ZodType } ? z.input<S> : never

/** What a client passes: only the parts the route has. */
export type CallInput<R> = (PartIn<R, 'params'> extends never ? unknown : { params: PartIn<R, 'params'> }) &
  (PartIn<R, 'query'> extends never ? unknown : { query?: PartIn<R, 'query'> }) &
  (PartIn<R, 'body'> extends never ? unknown : { body: PartIn<R, 'body'> })

export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string(),
    errors: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })).optional(),
    requestId: z.string(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details' })
export type Problem = z.infer<typeof Problem>

/** Query parameters of every list. */
export const PageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(400).optional(),
})

export const page = <S extends z.ZodType>(item: S) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() })

export const IdParams = z.strictObject({ id: z.uuid() })

/** An instant, ISO 8601 with offset or Z. */
export const Instant = z.iso.datetime({ offset: true })

/** Bytes as they arrive. */
export const StreamBody = z
  .custom<AsyncIterable<Uint8Array>>()
  .meta({ override: { type: 'string', format: 'binary' } as Record<string, unknown> })

/** A file as a handler gives it out: its media type, its length, and its bytes. */
export type FileAnswer = { mediaType: string; size: number; bytes: AsyncIterable<Uint8Array> }
export const FileAnswer = z
  .custom<FileAnswer>()
  .meta({ override: { type: 'string', format: 'binary' } as Record<string, unknown> })
