/** The location's business day an instant belongs to: what happens at 01:30 still belongs to the evening before. */
export function businessDayOf(
  at: number,
  { timezone, dayStartsAt }: { timezone: string; dayStartsAt: string },
): string {
  const [hours = 0, minutes = 0] = dayStartsAt.split(':').map(Number)
  const wall = Date.parse(`${wallTime(at, timezone)}Z`) - (hours * 60 + minutes) * 60_000
  return new Date(wall).toISOString().slice(0, 10)
}

function wallTime(at: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-US-u-ca-iso8601', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(at)
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '00'
  return `${of('year').padStart(4, '0')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}`
}
