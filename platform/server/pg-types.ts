import pg from 'pg'

const { builtins } = pg.types

/** How database values arrive: instants as ISO 8601 in UTC, counts as numbers, everything else as node-postgres has it. */
export const types = {
  getTypeParser(oid: number, format?: string): (text: string) => unknown {
    if (oid === builtins.TIMESTAMPTZ) return instant
    if (oid === builtins.INT8) return safeInteger
    if (oid === builtins.DATE || oid === builtins.TIME) return asText
    return pg.types.getTypeParser(oid, format as 'text') as (text: string) => unknown
  },
}

const asText = (text: string) => text

/** '2026-11-22 19:34:42.123456+00' → '2026-11-22T19:34:42.123456Z'. Keeps microseconds, for stable cursors. */
function instant(text: string): string {
  if (text.endsWith('+00') && text.charAt(10) === ' ') return `${text.slice(0, 10)}T${text.slice(11, -3)}Z`
  return new Date(text).toISOString()
}

function safeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new Error(`bigint ${text} does not fit a number`)
  return value
}
