import { type ChainKind, dayOf } from './chain.ts'
import { draws } from './draws.ts'
import { localDays } from './local-days.ts'
import type { LocationPlan } from './plan.ts'
import type { Span } from './sensor-history.ts'

/** One visit of the year: by which template of the library, when, by whom, and how much of it is found. */
export type AuditVisit = {
  template: string
  /** The location's calendar day. */
  day: string
  startsAt: number
  by: 'manager' | 'district'
  /** Of a hundred small questions so many fail; of the grave ones a fifth of that. */
  foundShare: number
  isMissed: boolean
}

type Rhythm = Pick<AuditVisit, 'template' | 'by'> & {
  falls: (day: { weekday: number; dayOfMonth: number; month: number; draw: number }) => boolean
  at: (kind: ChainKind) => number
  where?: (plan: LocationPlan) => boolean
}

const inMonths =
  (...months: number[]) =>
  ({ month, dayOfMonth, draw }: { month: number; dayOfMonth: number; draw: number }) =>
    months.includes(month) && dayOfMonth === draw

/** As a chain audits itself: every week, every month, some of it every quarter or half-year, and twice as an inspector would. */
const RHYTHMS: readonly Rhythm[] = [
  {
    ...{ template: 'audit.opening_walk', by: 'manager' },
    falls: ({ weekday }) => weekday === 2,
    at: (kind) => dayOf[kind].opensAt + 20,
  },
  {
    ...{ template: 'audit.food_safety', by: 'district' },
    falls: ({ weekday, dayOfMonth }) => weekday === 3 && dayOfMonth <= 7,
    at: () => 14 * 60,
  },
  {
    ...{ template: 'audit.brand_standards', by: 'district' },
    falls: ({ weekday, dayOfMonth, month }) => weekday === 4 && dayOfMonth > 7 && dayOfMonth <= 14 && month % 3 === 2,
    at: () => 13 * 60,
  },
  { template: 'audit.haccp_walk', by: 'district', falls: inMonths(3, 9), at: () => 10 * 60 },
  { template: 'audit.fire_safety', by: 'manager', falls: inMonths(1, 7), at: () => 10 * 60 + 30 },
  { template: 'audit.labour_safety', by: 'manager', falls: inMonths(4, 10), at: () => 15 * 60 },
  {
    ...{ template: 'audit.nyc', by: 'district', falls: inMonths(2, 8), at: () => 11 * 60 },
    where: ({ groups }) => groups.includes('New York'),
  },
]

const MINUTE = 60_000
const MISSED = 0.04
const DAY_MS = 24 * 60 * MINUTE

/** A year of visits to a location, the earliest first: the same on every machine. Kitchens differ, and most get better. */
export function auditVisits(plan: LocationPlan, span: Span): AuditVisit[] {
  const own = draws(`${plan.key}/audits`)
  const [begins, ends] = [own.between([0.06, 0.3]), own.between([0.03, 0.16])]
  const drawn = own.whole([4, 26])
  const days = localDays(plan.timezone, span)
  return days.flatMap(({ day, instantOf }, n) => {
    const date = new Date(day * DAY_MS)
    const [dayOfMonth, month] = [date.getUTCDate(), date.getUTCMonth() + 1]
    const weekday = ((day + 3) % 7) + 1
    return RHYTHMS.filter(
      ({ falls, where }) => falls({ weekday, dayOfMonth, month, draw: drawn }) && (where?.(plan) ?? true),
    )
      .map(({ template, by, at }): AuditVisit => {
        const draw = draws(`${plan.key}/${template}/${date.toISOString().slice(0, 10)}`)
        return {
          ...{ template, by, day: date.toISOString().slice(0, 10) },
          startsAt: instantOf(at(plan.kind)) + draw.whole([0, 25]) * MINUTE,
          foundShare: Math.max(0, begins + (ends - begins) * (n / days.length) + draw.between([-0.04, 0.05])),
          isMissed: by === 'manager' && draw.isLucky(MISSED),
        }
      })
      .filter(({ startsAt }) => startsAt >= span.from && startsAt < span.to)
  })
}
