/** How a file writes its days. Only what a day is taken from: a time behind it is let go. */
export const DATE_FORMATS = ['iso', 'month_first', 'day_first'] as const
export type DateFormat = (typeof DATE_FORMATS)[number]

const ISO = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:$|[T\s])/
const PARTS = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:$|[T\s])/

/** The day of the calendar a text names, or null. There is no 30th of February. */
export function dayOf(text: string, format: DateFormat): string | null {
  const iso = ISO.exec(text.trim())
  if (iso) return dayOr(iso[1], iso[2], iso[3])
  const parts = format === 'iso' ? null : PARTS.exec(text.trim())
  if (!parts) return null
  const [, one, other, year] = parts
  return format === 'month_first' ? dayOr(year, one, other) : dayOr(year, other, one)
}

/** The formats in which most of the texts are days, the likeliest first. */
export function dateFormatsOf(texts: readonly string[]): DateFormat[] {
  const days = DATE_FORMATS.map((format) => texts.filter((text) => dayOf(text, format) !== null).length)
  const most = Math.max(...days)
  return most === 0 ? [] : DATE_FORMATS.filter((_, n) => days[n] === most)
}

function dayOr(year = '', month = '', day = ''): string | null {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const at = new Date(`${text}T00:00:00Z`)
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== text ? null : text
}
