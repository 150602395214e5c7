const DAY_MS = 86_400_000
const SPANS = { week: 7, month: 30, quarter: 90 } as const
export type SpanName = keyof typeof SPANS
export const spanNames = Object.keys(SPANS) as SpanName[]

/** The calendar day where a location is. Its business day may still be yesterday's: then today lacks nothing yet. */
export const todayIn = (timeZone: string | undefined) =>
  new Intl.DateTimeFormat('en-CA', timeZone ? { timeZone } : {}).format(new Date())

export function spanOf(name: SpanName, today: string): { from: string; to: string } {
  const first = new Date(Date.parse(today) - (SPANS[name] - 1) * DAY_MS)
  return { from: first.toISOString().slice(0, 10), to: today }
}
