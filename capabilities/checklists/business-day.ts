import { dateAt } from './calendar-day.ts'
import { zoneClock } from './zone-clock.ts'

const MINUTE = 60_000

/** The location's business day an instant belongs to: what happens at 01:30 still belongs to the evening before. */
export function businessDayOf(
  at: number,
  { timezone, dayStartsAt }: { timezone: string; dayStartsAt: string },
): string {
  const [hours = 0, minutes = 0] = dayStartsAt.split(':').map(Number)
  const local = at + (zoneClock(timezone)(at) - hours * 60 - minutes) * MINUTE
  return dateAt(local)
}
