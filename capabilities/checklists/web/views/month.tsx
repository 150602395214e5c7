'use client'
import { Button, Card, cx, IconButton } from '@opsflow/platform/web'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { daysOf, nextDay, weekOf } from './params.ts'

/** The first and the last day of the month that a day lies in. */
export function monthOf(day: string): { first: string; last: string } {
  const first = `${day.slice(0, 7)}-01`
  return { first, last: nextDay(`${nextDay(first, 31).slice(0, 7)}-01`, -1) }
}

type StepsProps = {
  /** Any day of the month that is shown. */
  day: string
  today: string
  name: string
  words: { before: string; after: string; thisMonth: string }
  onGo: (day: string) => void
}

/** From one month to the next, and back to this one. */
export function MonthSteps({ day, today, name, words, onGo }: StepsProps) {
  const { first, last } = monthOf(day)
  return (
    <div className="flex flex-wrap items-center gap-2 print:hidden">
      <IconButton
        label={words.before}
        icon={<ChevronLeft className="rtl:rotate-180" />}
        onClick={() => onGo(nextDay(first, -1))}
      />
      <h2 className="min-w-44 text-center text-[0.9375rem] font-semibold first-letter:uppercase" aria-live="polite">
        {name}
      </h2>
      <IconButton
        label={words.after}
        icon={<ChevronRight className="rtl:rotate-180" />}
        onClick={() => onGo(nextDay(last))}
      />
      {today.slice(0, 7) !== first.slice(0, 7) && <Button onClick={() => onGo(today)}>{words.thisMonth}</Button>}
    </div>
  )
}

type GridProps = {
  /** Any day of the month. */
  day: string
  today: string
  name: string
  weekday: (day: string) => string
  /** What stands on a day of the month. */
  children: (day: string) => ReactNode
  className: string
  cellClass: string
}

/** A month as a table of its weeks; days of the months beside it stay empty. */
export function MonthGrid({ day: any, today, name, weekday, children, className, cellClass }: GridProps) {
  const { first, last } = monthOf(any)
  const start = weekOf(first)
  const weeks = daysOf(start, 42).filter((day, n) => n % 7 === 0 && day <= last)
  return (
    <Card className={cx('overflow-hidden', className)}>
      <table className="w-full table-fixed border-collapse text-sm">
        <caption className="sr-only">{name}</caption>
        <thead>
          <tr>
            {daysOf(start, 7).map((day) => (
              <th
                key={day}
                scope="col"
                className="h-10 border-b border-line px-2 text-start text-[0.8125rem] font-medium text-ink-muted"
              >
                {weekday(day)}
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
                    'border-e border-line align-top last:border-0',
                    cellClass,
                    day === today && 'bg-accent-tint/60',
                  )}
                >
                  {day >= first && day <= last && children(day)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}

/** Its number, louder today. The whole day is said beside it. */
export function DayNumber({ day, today, className }: { day: string; today: string; className?: string }) {
  return (
    <span
      aria-hidden
      className={cx(
        'block text-[0.8125rem] tabular-nums',
        day === today ? 'font-semibold' : 'text-ink-muted',
        className,
      )}
    >
      {Number(day.slice(8))}
    </span>
  )
}
