'use client'
import { Card, cx, Link, SkeletonRows } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import { useCompletion, usePlan } from '../../client/index.ts'
import { doneOf, noOutcomes, type OutcomeCounts } from '../../outcome.ts'
import { Freshness } from './freshness.tsx'
import { DayNumber, MonthGrid, MonthSteps, monthOf } from './month.tsx'
import { type Mark, OutcomeMark } from './outcome-mark.tsx'
import { dayIn, daysOf, nodeIn, overviewHref, type TabProps } from './params.ts'
import { useWords } from './use-words.ts'

type Day = { day: string; counts: OutcomeCounts; planned: number }

/** A month: what was to be done on each day and what became of it; ahead, what schedules will ask for. */
export default function CalendarTab({ params, scopeId, today, onParams }: TabProps) {
  const t = useTranslations('overview.calendar')
  const words = useWords()
  const node = nodeIn(params, scopeId)
  const { first, last } = monthOf(dayIn(params.from, today))
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
      <MonthSteps
        day={first}
        today={today}
        name={words.month(first)}
        words={{ before: t('before'), after: t('after'), thisMonth: t('thisMonth') }}
        onGo={goTo}
      />
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
  const byDay = new Map(days.map((day) => [day.day, day]))
  return (
    <MonthGrid
      day={first}
      today={today}
      name={words.month(first)}
      weekday={words.weekday}
      className="max-md:hidden"
      cellClass="h-24 p-1.5 lg:p-2"
    >
      {(day) => (
        <>
          <span className="sr-only">{words.longDay(day)}</span>
          <DayNumber day={day} today={today} />
          <Marks day={byDay.get(day) as Day} today={today} href={hrefOf(day)} empty={t('nothing')} />
        </>
      )}
    </MonthGrid>
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
