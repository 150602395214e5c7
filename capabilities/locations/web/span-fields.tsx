'use client'
import { Input } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import type { Span } from '../hours-schema.ts'

/** From and to; at or before the beginning means the next day, and is said. */
export function SpanFields({ day, span, onChange }: { day: string; span: Span; onChange: (span: Span) => void }) {
  const t = useTranslations('places')
  const time = (name: 'opens' | 'closes') => (
    <Input
      type="time"
      required
      aria-label={t(`${name}On`, { day })}
      value={span[name]}
      onChange={(event) => event.target.value && onChange({ ...span, [name]: event.target.value })}
      className="w-[6.5rem]! px-2.5 [&::-webkit-calendar-picker-indicator]:hidden"
    />
  )
  return (
    <span className="flex flex-1 flex-wrap items-center gap-x-1.5">
      {time('opens')}
      <span aria-hidden className="text-ink-muted">
        –
      </span>
      {time('closes')}
      {span.closes <= span.opens && <span className="text-[0.8125rem] text-ink-muted">{t('nextDay')}</span>}
    </span>
  )
}
