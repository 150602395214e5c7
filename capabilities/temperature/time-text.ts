import { instantOfWallTime } from './local-time.ts'

/**
 * How a file writes an instant. `iso` carries its offset; `wall_*` are times on a clock in a zone that the importer
 * names: year first, month first (7/28/2022, 4:00 PM) or day first (28.07.2022 16:00).
 */
export const TIME_FORMATS = [
  'iso',
  'epoch_seconds',
  'epoch_milliseconds',
  'wall_year_first',
  'wall_month_first',
  'wall_day_first',
] as const
export type TimeFormat = (typeof TIME_FORMATS)[number]

const TIME = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([AaPp]\.?[Mm]\.?)?`
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:T|,?\s+)${TIME}$`)
const YEAR_LAST = new RegExp(String.raw`^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:,?\s+)${TIME}$`)
const OFFSET = /(Z|[+-]\d{2}:?\d{2})$/

/** The instant a text means, or null when it is none: 30 February and 25:00 are refused, not rolled over. */
export function instantOf(text: string, format: TimeFormat, offsetAt: (at: number) => number): number | null {
  const written = text.trim()
  if (written.length > 40) return null
  if (format === 'epoch_seconds') return /^\d{9,10}(\.\d+)?$/.test(written) ? Math.round(Number(written) * 1000) : null
  if (format === 'epoch_milliseconds') return /^\d{12,13}$/.test(written) ? Number(written) : null
  if (format === 'iso') return isoInstant(written)
  const wall = wallTime(written, format)
  return wall === null ? null : instantOfWallTime(offsetAt, wall)
}

function isoInstant(written: string): number | null {
  const offset = OFFSET.exec(written)?.[1]
  if (offset === undefined) return null
  const wall = wallTime(written.slice(0, -offset.length), 'wall_year_first')
  return wall === null ? null : wall - offsetMinutes(offset) * 60_000
}

function offsetMinutes(offset: string): number {
  if (offset === 'Z') return 0
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2))
  return offset.startsWith('-') ? -minutes : minutes
}

/** The time as if the wall stood in UTC. */
function wallTime(written: string, format: TimeFormat): number | null {
  const match = (format === 'wall_year_first' ? YEAR_FIRST : YEAR_LAST).exec(written)
  if (!match) return null
  const [a = 0, b = 0, c = 0, hour = 0, minute = 0] = match.slice(1, 6).map(Number)
  const [year, month, day] =
    format === 'wall_year_first' ? [a, b, c] : format === 'wall_month_first' ? [c, a, b] : [c, b, a]
  const second = Number(match[6] ?? 0)
  const millisecond = Number((match[7] ?? '').slice(0, 3).padEnd(3, '0'))
  const hour24 = hourOfDay(hour, match[8])
  if (hour24 === null || minute > 59 || second > 59) return null
  const midnight = Date.UTC(year, month - 1, day)
  const isRealDay = new Date(midnight).getUTCMonth() === month - 1 && new Date(midnight).getUTCDate() === day
  return isRealDay ? midnight + ((hour24 * 60 + minute) * 60 + second) * 1000 + millisecond : null
}

function hourOfDay(hour: number, meridiem: string | undefined): number | null {
  if (meridiem === undefined) return hour <= 23 ? hour : null
  if (hour < 1 || hour > 12) return null
  return (hour % 12) + (meridiem.toLowerCase().startsWith('p') ? 12 : 0)
}

/** The formats every one of these texts has, most telling first. */
export function timeFormatsOf(texts: readonly string[]): TimeFormat[] {
  const utc = () => 0
  if (texts.length === 0) return []
  return TIME_FORMATS.filter((format) => texts.every((text) => instantOf(text, format, utc) !== null))
}
