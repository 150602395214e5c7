export const TABS = ['now', 'late', 'week', 'calendar', 'completion', 'look'] as const
export type Tab = (typeof TABS)[number]

/** What an address of the overview says: the tab, the place, the days. Everything of it can be sent to someone else. */
export type Params = Readonly<{ [name in Name]?: string | undefined }>
const NAMES = [
  'view',
  'behind',
  'from',
  'to',
  'rows',
  'location',
  'group',
  'template',
  'outcome',
  'role',
  'item',
  'title',
] as const
type Name = (typeof NAMES)[number]

export function paramsIn(search: { get: (name: string) => string | null }): Params {
  return Object.fromEntries(NAMES.flatMap((name) => (search.get(name) ? [[name, search.get(name) ?? '']] : [])))
}

export function overviewHref(params: Params): string {
  const named = Object.entries(params).filter((entry): entry is [string, string] => Boolean(entry[1]))
  return `/overview?${new URLSearchParams(named)}`
}

const DATE = /^\d{4}-\d\d-\d\d$/
const isDate = (text: string | undefined): text is string =>
  text !== undefined && DATE.test(text) && !Number.isNaN(Date.parse(text))

/** The days of an address; without any, so many that end today. */
export function spanIn({ from, to }: Params, today: string, days: number): { from: string; to: string } {
  if (isDate(from) && isDate(to) && from <= to) return { from, to }
  return { from: nextDay(today, 1 - days), to: today }
}

export const dayIn = (day: string | undefined, today: string) => (isDate(day) ? day : today)

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** Of a location or group, as the API asks for it. What is no id is not asked for. */
export function nodeIn({ location, group }: Params, scopeId: string | undefined) {
  if (scopeId !== undefined) return { locationId: scopeId }
  if (location && UUID.test(location)) return { locationId: location }
  return group && UUID.test(group) ? { groupId: group } : {}
}

/** A business day and so many days on, as dates of the calendar. */
export const nextDay = (day: string, days = 1) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** The Monday on or before a day. */
export const weekOf = (day: string) => nextDay(day, 1 - (new Date(`${day}T12:00:00Z`).getUTCDay() || 7))
export const noonOf = (day: string) => Date.parse(`${day}T12:00:00Z`)
export const daysOf = (from: string, count: number) => Array.from({ length: count }, (_, n) => nextDay(from, n))

/** What every tab is given. */
export type TabProps = {
  params: Params
  /** The place that is chosen above all pages, if one is. */
  scopeId: string | undefined
  today: string
  onParams: (params: Params) => void
}
