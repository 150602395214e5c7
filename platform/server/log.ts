import { pino } from 'pino'

export type Log = Pick<pino.Logger, 'error' | 'warn' | 'info' | 'debug'>

/** Structured log lines on standard output. Bodies and headers are never logged; what could slip in is redacted. */
export function openLog(level: string, destination?: pino.DestinationStream): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { log: (fields) => redacted(fields) },
      serializers: { err: plainError },
    },
    // Written beside the request, not before its answer; what is left is written when the process ends.
    destination ?? pino.destination({ dest: 1, sync: false }),
  )
}

const SECRETS = new Set(['password', 'token', 'key', 'secret', 'authorization', 'cookie', 'pin'])

/** By name, three levels deep. Copies only what it must change: nearly every line has nothing to hide. */
function redacted(fields: Record<string, unknown>, level = 1): Record<string, unknown> {
  let changed: Record<string, unknown> | undefined
  for (const [name, value] of Object.entries(fields)) {
    const shown = SECRETS.has(name) ? '[redacted]' : isNested(value) && level < 3 ? redacted(value, level + 1) : value
    if (shown !== value) {
      changed ??= { ...fields }
      changed[name] = shown
    }
  }
  return changed ?? fields
}

const isNested = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !(value instanceof Error)

/** Message, code and stack: no bind parameters, no row values (PostgreSQL puts them into `detail`). */
function plainError(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const { name, message, stack, cause } = error
  const { code, constraint, table } = error as { code?: string; constraint?: string; table?: string }
  return { name, message, code, constraint, table, stack, cause: cause ? plainError(cause) : undefined }
}
