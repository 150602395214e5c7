'use client'
import { Button, Card, cx, IconButton, Link, SkeletonRows } from '@opsflow/platform/web'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useCompletion, usePlan } from '../../client/index.ts'
import { doneOf, noOutcomes, type OutcomeCounts } from '../../outcome.ts'
import { Freshness } from './freshness.tsx'
import { type Mark, OutcomeMark } from './outcome-mark.tsx'
import { dayIn, daysOf, nextDay, nodeIn, overviewHref, type TabProps, weekOf } from './params.ts'
import { useWords } from './use-words.ts'

type Day = { day: string; counts: OutcomeCounts; planned: number }

/** A month: what was to be done on each day and what became of it; ahead, what schedules will ask for. */
export default function CalendarTab({ params, scopeId, today, onParams }: TabProps) {
  const t = useTranslations('overview.calendar')
  const words = useWords()
  const node = nodeIn(params, scopeId)
  const first = `${dayIn(params.from, today).slice(0, 7)}-01`
  const last = nextDay(`${nextDay(first, 31).slice(0, 7)}-01`, -1)
  const query = { ...node, from: first, to: last }
  const made = useCompletion({ ...query, by: 'day' })
  const plan = usePlan(query, last >= today)
  const goTo = (day: string) => onParams({ ...params, view: 'calendar', from: day, to: day })
  const counted = new Map(made.data?.items.map(({ key, counts }) => [key, counts]))
  const planned = new Map(plan.data?.days.map((day) => [day.day, day.planned]))
  const days = daysOf(first, Number(last.slice(8))).map((day) => ({
    ...{ day, counts: counted.get(day) ?? noOutcomes(), planned: planned.get(day) ?? 0 },
  }))
  const hrefOf = (day: string) => overviewHref({ ...params, view: 'calendar', behind: 'outcomes', from: day, to: day })
  return (
    <div className="grid grid-cols-1 gap-4">
      <div className="flex flex-wrap items-center gap-2 print:hidden">
        <IconButton
          label={t('before')}
          icon={<ChevronLeft className="rtl:rotate-180" />}
          onClick={() => goTo(nextDay(first, -1))}
        />
        <h2 className="min-w-44 text-center text-[0.9375rem] font-semibold first-letter:uppercase" aria-live="polite">
          {words.month(first)}
        </h2>
        <IconButton
          label={t('after')}
          icon={<ChevronRight className="rtl:rotate-180" />}
          onClick={() => goTo(nextDay(last))}
        />
        {today.slice(0, 7) !== first.slice(0, 7) && <Button onClick={() => goTo(today)}>{t('thisMonth')}</Button>}
      </div>
      {made.isPending && <SkeletonRows rows={6} />}
      <Freshness asked={made} />
      {plan.data?.tooMany && <p className="text-sm text-ink-muted">{t('tooMany')}</p>}
      {made.data && (
        <>
          <Month days={days} first={first} today={today} hrefOf={hrefOf} />
          <Agenda days={days} today={today} hrefOf={hrefOf} />
        </>
      )}
    </div>
  )
}

type DaysProps = { days: readonly Day[]; today: string; hrefOf: (day: string) => string }

function Month({ days, first, today, hrefOf }: DaysProps & { first: string }) {
  const t = useTranslations('overview.calendar')
  const words = useWords()
  const start = weekOf(first)
  const last = days.at(-1)?.day ?? first
  const weeks = daysOf(start, 42).filter((day, n) => n % 7 === 0 && day <= last)
  const byDay = new Map(days.map((day) => [day.day, day]))
  return (
    <Card className="overflow-hidden max-md:hidden">
      <table className="w-full table-fixed border-collapse text-sm">
        <caption className="sr-only">{words.month(first)}</caption>
        <thead>
          <tr>
            {daysOf(start, 7).map((day) => (
              <th
                key={day}
                scope="col"
                className="h-10 border-b border-line px-2 text-start text-[0.8125rem] font-medium text-ink-muted"
              >
                {words.weekday(day)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((monday) => (
            <tr key={monday} className="border-b border-line last:border-0">
              {daysOf(monday, 7).map((day) => (
                <td
                  key={day}
                  aria-current={day === today ? 'date' : undefined}
                  className={cx(
                    'h-24 border-e border-line p-1.5 align-top last:border-0 lg:p-2',
                    day === today && 'bg-accent-tint/60',
                  )}
                >
                  {byDay.has(day) && (
                    <>
                      <span className="sr-only">{words.longDay(day)}</span>
                      <span
                        aria-hidden
                        className={cx(
                          'block text-[0.8125rem] tabular-nums',
                          day === today ? 'font-semibold' : 'text-ink-muted',
                        )}
                      >
                        {Number(day.slice(8))}
                      </span>
                      <Marks day={byDay.get(day) as Day} today={today} href={hrefOf(day)} empty={t('nothing')} />
                    </>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}

/** On a phone: the days on which something is to be done, one after the other, from today or the month’s first. */
function Agenda({ days, today, hrefOf }: DaysProps) {
  const t = useTranslations('overview.calendar')
  const words = useWords()
  const filled = days.filter((day) => marksOf(day, today).length > 0)
  return (
    <Card className="md:hidden">
      {filled.length === 0 && <p className="p-5 text-center text-ink-muted">{t('empty')}</p>}
      <ul className="divide-y divide-line">
        {filled.map((day) => (
          <li
            key={day.day}
            aria-current={day.day === today ? 'date' : undefined}
            className={cx('px-4 py-2.5', day.day === today && 'bg-accent-tint/60')}
          >
            <h3 className="text-[0.9375rem] font-medium">{words.longDay(day.day)}</h3>
            <Marks day={day} today={today} href={hrefOf(day.day)} empty="" inline />
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Marks({
  day,
  today,
  href,
  empty,
  inline,
}: {
  day: Day
  today: string
  href: string
  empty: string
  inline?: boolean
}) {
  const marks = marksOf(day, today)
  if (marks.length === 0) return <span className="sr-only">{empty}</span>
  const look = inline ? 'flex flex-wrap gap-x-4 min-h-target items-center' : 'grid justify-items-start py-1'
  const content = marks.map(([mark, count]) => <OutcomeMark key={mark} mark={mark} time={String(count)} />)
  if (marks.every(([mark]) => mark === 'planned')) return <span className={look}>{content}</span>
  return (
    <Link href={href} className={cx(look, 'rounded hover:underline')}>
      {content}
    </Link>
  )
}

function marksOf({ day, counts, planned }: Day, today: string): [Mark, number][] {
  const marks: [Mark, number][] = [
    ['missed', counts.missed],
    ['late', counts.late],
    ['excused', counts.excused],
    [day > today ? 'ahead' : 'open', counts.open],
    ['on_time', doneOf(counts)],
    ['planned', planned],
  ]
  return marks.filter(([, count]) => count > 0)
}
