'use client'
import { Button, Checkbox, IconButton, Input } from '@opsflow/platform/web'
import { CalendarPlus, X } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { SpecialDay } from '../hours-schema.ts'
import { SpanFields } from './span-fields.tsx'

const HALF_A_DAY = { opens: '10:00', closes: '16:00' }

/** Dates that differ from the week: closed, or with hours of their own. */
export function SpecialDaysEditor({
  days,
  onChange,
}: {
  days: readonly SpecialDay[]
  onChange: (days: readonly SpecialDay[]) => void
}) {
  const t = useTranslations('places')
  const set = (n: number, change: Partial<SpecialDay>) =>
    onChange(days.map((day, m) => (m === n ? { ...day, ...change } : day)))
  return (
    <fieldset>
      <div className="flex min-h-target items-center justify-between gap-2">
        <legend className="float-start text-[0.9375rem] font-semibold">{t('specialDays')}</legend>
        <Button look="quiet" onClick={() => onChange([...days, { date: '', hours: [], note: '' }])}>
          <CalendarPlus aria-hidden />
          {t('addSpecialDay')}
        </Button>
      </div>
      {days.length === 0 && <p className="text-sm text-ink-muted">{t('noSpecialDays')}</p>}
      {days.map((day, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a day without its date yet has nothing else to be known by
        <div key={n} className="grid gap-2 border-b border-line py-3 last:border-0">
          <div className="flex items-center gap-2">
            <Input
              type="date"
              required
              aria-label={t('date')}
              value={day.date}
              onChange={(event) => set(n, { date: event.target.value })}
              className="w-44!"
            />
            <Input
              aria-label={t('note')}
              placeholder={t('note')}
              maxLength={80}
              pattern={'[^";]*'}
              value={day.note}
              onChange={(event) => set(n, { note: event.target.value })}
            />
            <IconButton
              label={t('removeSpecialDay')}
              icon={<X aria-hidden />}
              onClick={() => onChange(days.filter((_, m) => m !== n))}
            />
          </div>
          <div className="flex flex-wrap items-center gap-x-4">
            <Checkbox
              label={t('openThatDay')}
              checked={day.hours.length > 0}
              onChange={(event) => set(n, { hours: event.target.checked ? [HALF_A_DAY] : [] })}
            />
            {day.hours.map((span, m) => (
              <SpanFields
                // biome-ignore lint/suspicious/noArrayIndexKey: a span is its place in the day
                key={m}
                day={day.date || t('thatDay')}
                span={span}
                onChange={(changed) => set(n, { hours: day.hours.map((one, k) => (k === m ? changed : one)) })}
              />
            ))}
          </div>
        </div>
      ))}
    </fieldset>
  )
}
