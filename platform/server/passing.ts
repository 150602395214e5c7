import { Refusal } from '../refusal.ts'

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
    /^(08|40|53|57|58)...$|^55P03$|^(ECONNRESET|EPIPE|ECONNREFUSED|ETIMEDOUT|ENOSPC|EDQUOT)$/.test(code) ||
    /^Connection terminated|is not queryable$|^timeout exceeded when trying to connect$/.test(message)
  )
}
