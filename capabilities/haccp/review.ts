/** Days before a review is due on which someone is asked for it. */
export const REVIEW_NOTICE_DAYS = 30

/** So many months after a day of the calendar; on its last day where the month is shorter. */
export function reviewDue(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10)
}

/** overdue: the day by which it was to be looked at is over · soon: it is near enough for someone to be asked. */
export function reviewStanding(due: string, today: string): 'good' | 'soon' | 'overdue' {
  if (due < today) return 'overdue'
  return Date.parse(due) - Date.parse(today) <= REVIEW_NOTICE_DAYS * 86_400_000 ? 'soon' : 'good'
}
