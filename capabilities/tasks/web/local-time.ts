/** What a field for date and time shows: local, to the minute. */
export function toLocal(instant: string | null): string {
  if (instant === null) return ''
  const at = new Date(instant)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`
}

/** What was typed, as an instant; null for what is no time. */
export function fromLocal(text: string): string | null {
  const at = text === '' ? Number.NaN : new Date(text).getTime()
  return Number.isNaN(at) ? null : new Date(at).toISOString()
}

/** The next time the clock shows this hour. */
export function nextAt(hour: number, now: number, daysAhead = 0): string {
  const at = new Date(now)
  at.setDate(at.getDate() + daysAhead)
  at.setHours(hour, 0, 0, 0)
  if (at.getTime() <= now) at.setDate(at.getDate() + 1)
  return at.toISOString()
}
