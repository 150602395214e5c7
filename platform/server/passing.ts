import { Refusal } from '../refusal.ts'

/**
 * SQLSTATE of a signed context past its time. It is signed for a minute just before it is used: either the clock of this
 * server is behind the database's, or one transaction took longer than that.
 */
export const EXPIRED_CONTEXT = 'OF003'

/**
 * A failure that passes: the same work may well succeed later, so nothing is decided now. The connection, the server's
 * room, locks, a transaction that has to run again; and refusals that say so themselves.
 */
export function isPassing(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.every(isPassing)
  if (error instanceof Refusal) return error.kind === 'unavailable' || error.kind === 'too_many'
  const { code = '', message = '', severity } = (error ?? {}) as { code?: string; message?: string; severity?: string }
  return (
    severity === 'FATAL' ||
    code === EXPIRED_CONTEXT ||
    /^(08|40|53|57|58)...$|^55P03$|^(ECONNRESET|EPIPE|ECONNREFUSED|ETIMEDOUT|ENOSPC|EDQUOT)$/.test(code) ||
    /^Connection terminated|is not queryable$|^timeout exceeded when trying to connect$/.test(message)
  )
}
