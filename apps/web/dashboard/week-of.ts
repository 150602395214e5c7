import type { Week } from '@opsflow/capabilities/temperature'

export type Day = Omit<Week['days'][number], 'locationId'>

/** The days of some locations added up, in order. Days on which nothing happened anywhere are not there. */
export function daysOf(week: Week, locationIds: ReadonlySet<string>): Day[] {
  const days = new Map<string, Day>()
  for (const { locationId, ...row } of week.days) {
    if (!locationIds.has(locationId)) continue
    const sum = days.get(row.day)
    days.set(row.day, sum ? added(sum, row) : row)
  }
  return [...days.values()].sort((a, b) => a.day.localeCompare(b.day))
}

const added = (a: Day, b: Day): Day => ({
  day: a.day,
  judged: a.judged + b.judged,
  compliant: a.compliant + b.compliant,
  alarms: a.alarms + b.alarms,
  correctiveActions: a.correctiveActions + b.correctiveActions,
  tasksDone: a.tasksDone + b.tasksDone,
})

/** Rounded down, like today's: one reading out of its limit stays visible. Null while nothing was judged. */
export const shareOf = ({ judged, compliant }: Pick<Day, 'judged' | 'compliant'>) =>
  judged === 0 ? null : Math.floor((compliant / judged) * 1000) / 1000

/** Who is at work in these locations, once each, by their latest trace. */
export function peopleOf(week: Week, locationIds: ReadonlySet<string>): Week['people'] {
  const here = week.people.filter(({ locationId }) => locationIds.has(locationId))
  return here.filter(({ id }, index) => here.findIndex((person) => person.id === id) === index)
}
