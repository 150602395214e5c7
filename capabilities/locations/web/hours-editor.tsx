'use client'
import { Button, Checkbox, IconButton } from '@opsflow/platform/web'
import { Copy, Plus, X } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { Span, WeeklySpan } from '../hours-schema.ts'
import { inOrder } from '../opening-hours.ts'
import { SpanFields } from './span-fields.tsx'

const WEEK = [1, 2, 3, 4, 5, 6, 7] as const
const USUAL: Span = { opens: '08:00', closes: '22:00' }

/** A week of hours. One day is filled in and copied to the others; hours past midnight are said to be so. */
export function HoursEditor({
  hours,
  onChange,
}: {
  hours: readonly WeeklySpan[]
  onChange: (hours: readonly WeeklySpan[]) => void
}) {
  const t = useTranslations('places')
  const of = (weekday: number) => inOrder(hours).filter((span) => span.weekday === weekday)
  const set = (weekday: number, spans: readonly Span[]) =>
    onChange([
      ...hours.filter((span) => span.weekday !== weekday),
      ...spans.map(({ opens, closes }) => ({ weekday, opens, closes })),
    ])
  const first = WEEK.find((weekday) => of(weekday).length > 0)
  const toEveryDay = () => first && onChange(WEEK.flatMap((weekday) => of(first).map((span) => ({ ...span, weekday }))))

  return (
    <fieldset>
      <div className="flex min-h-target items-center justify-between gap-2">
        <legend className="float-start text-[0.9375rem] font-semibold">{t('openingHours')}</legend>
        <Button look="quiet" onClick={toEveryDay} disabled={first === undefined}>
          <Copy aria-hidden />
          {t('toEveryDay')}
        </Button>
      </div>
      <ul className="rounded-lg border border-line">
        {WEEK.map((weekday) => (
          <Day key={weekday} weekday={weekday} spans={of(weekday)} onChange={(spans) => set(weekday, spans)} />
        ))}
      </ul>
    </fieldset>
  )
}

function Day({
  weekday,
  spans,
  onChange,
}: {
  weekday: (typeof WEEK)[number]
  spans: readonly Span[]
  onChange: (spans: readonly Span[]) => void
}) {
  const t = useTranslations('places')
  const day = t(`weekdays.${weekday}`)
  return (
    <li className="grid items-start gap-x-3 border-b border-line px-3 py-1 last:border-0 sm:grid-cols-[7rem_1fr]">
      <Checkbox
        label={day}
        checked={spans.length > 0}
        onChange={(event) => onChange(event.target.checked ? [USUAL] : [])}
      />
      <div className="grid gap-1">
        {spans.length === 0 && (
          <p className="flex min-h-target items-center text-sm text-ink-muted">{t('closedDay')}</p>
        )}
        {spans.map((span, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a span is its place in the day
          <div key={n} className="flex items-center gap-1">
            <SpanFields
              day={day}
              span={span}
              onChange={(changed) => onChange(spans.map((one, m) => (m === n ? changed : one)))}
            />
            {n === 0 && spans.length < 4 ? (
              <IconButton
                label={t('anotherSpan', { day })}
                icon={<Plus aria-hidden />}
                onClick={() => onChange([...spans, { opens: span.closes, closes: span.closes }])}
              />
            ) : (
              <IconButton
                label={t('removeSpan', { day })}
                icon={<X aria-hidden />}
                onClick={() => onChange(spans.filter((_, m) => m !== n))}
              />
            )}
          </div>
        ))}
      </div>
    </li>
  )
}
