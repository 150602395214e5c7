/** Decides the HTTP status and whether an offline device may retry. Closed, and the platform's. */
export type RefusalKind =
  | 'malformed'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'precondition'
  | 'too_large'
  | 'invalid'
  | 'too_many'
  | 'unavailable'

/** One wrong field: where it is (`items[3].value`), a stable code, and a sentence that says what is allowed. */
export type FieldError = { path: string; code: string; message: string }

export type RefusalDetails = {
  /** A sentence for the person who has to act on it. */
  detail?: string
  errors?: FieldError[]
  retryAfterSeconds?: number
}

/** An outcome the caller can act on. Anything else that is thrown is a bug. `code` belongs to the capability. */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly kind: RefusalKind
  readonly code: string
  readonly details: RefusalDetails

  constructor(kind: RefusalKind, code: string, details: RefusalDetails = {}) {
    super(details.detail ?? code)
    this.kind = kind
    this.code = code
    this.details = details
  }

  /** Keeps what lies behind it for the log; never shown to the caller. */
  withCause(cause: unknown): this {
    this.cause = cause
    return this
  }
}

export function refuse(kind: RefusalKind, code: string, details?: RefusalDetails): never {
  throw new Refusal(kind, code, details)
}

/** The one answer for what does not exist, belongs to another tenant, or lies outside the caller's locations. */
export const notFound = (): never =>
  refuse('not_found', 'not_found', { detail: 'No such thing, or it is not yours to see.' })
