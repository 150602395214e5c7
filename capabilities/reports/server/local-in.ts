/** The wall clock of a location as a date without a zone, which is what a spreadsheet's dates are. */
export function localIn(timeZone: string) {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  return (instant: string | null) =>
    instant === null ? null : new Date(`${format.format(new Date(instant)).replace(' ', 'T')}Z`)
}
