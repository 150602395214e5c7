'use client'
import { Button, Field, Input } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import { nextDay, type TabProps } from './params.ts'

const SPANS = { week: 7, month: 28, quarter: 91, year: 365 } as const

/** From one business day to another; the usual spans are one touch. */
export function DaysField({
  params,
  today,
  span,
  label,
  onParams,
}: TabProps & { span: { from: string; to: string }; label: string }) {
  const t = useTranslations('overview.days')
  const set = (from: string, to: string) => from && to && onParams({ ...params, from, to })
  return (
    <fieldset className="flex flex-wrap items-end gap-3 print:hidden">
      <legend className="sr-only">{label}</legend>
      <Field label={t('from')}>
        <Input type="date" value={span.from} max={span.to} onChange={({ target }) => set(target.value, span.to)} />
      </Field>
      <Field label={t('to')}>
        <Input type="date" value={span.to} min={span.from} onChange={({ target }) => set(span.from, target.value)} />
      </Field>
      <div className="flex flex-wrap gap-2">
        {(Object.keys(SPANS) as (keyof typeof SPANS)[]).map((name) => {
          const from = nextDay(today, 1 - SPANS[name])
          return (
            <Button
              key={name}
              aria-pressed={span.from === from && span.to === today}
              onClick={() => set(from, today)}
              className="aria-pressed:border-accent aria-pressed:bg-accent-tint"
            >
              {t(name)}
            </Button>
          )
        })}
      </div>
    </fieldset>
  )
}
