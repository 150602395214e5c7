import { pino } from 'pino'

export type Log = Pick<pino.Logger, 'error' | 'warn' | 'info' | 'debug'>

/** Structured log lines on standard output. Bodies and headers are never logged; what could slip in is redacted. */
export function openLog(level: string, destination?: pino.DestinationStream): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: ['password', 'token', 'key', 'secret', 'authorization', 'cookie', 'pin'].flatMap((name) => [
          name,
          `*.${name}`,
          `*.*.${name}`,
        ]),
        censor: '[redacted]',
      },
      serializers: { err: plainError },
    },
    // Written beside the request, not before its answer; what is left is written when the process ends.
    destination ?? pino.destination({ dest: 1, sync: false }),
  )
}

/** Message, code and stack: no bind parameters, no row values (PostgreSQL puts them into `detail`). */
function plainError(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const { name, message, stack, cause } = error
  const { code, constraint, table } = error as { code?: string; constraint?: string; table?: string }
  return { name, message, code, constraint, table, stack, cause: cause ? plainError(cause) : undefined }
}
