'use client'
import { Button } from '@opsflow/platform/web'
import { Printer } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { dateMarkOf, localDate } from '../judge-process.ts'
import type { Process } from '../process.ts'
import { useClockTime, useDay } from './words.tsx'

/** What sticks on the container: the last day, or the time by which it is used up, to be read from arm's length. */
export function Label({ process, timezone }: { process: Process; timezone: string }) {
  const t = useTranslations('processes.label')
  const day = useDay()
  const clock = useClockTime(timezone)
  const { plan } = process
  const { lastUseDate, daysLeftFrozen } = dateMarkOf(process, timezone)
  const hours = plan.kind === 'time_control' ? plan.hours : null
  const until = hours === null ? null : Date.parse(process.beganAt) + hours * 3_600_000
  return (
    <section aria-label={t('title')} className="grid gap-3">
      <div className="grid gap-2 rounded-xl border-2 border-line-strong bg-surface p-5 text-center shadow-card print:fixed print:inset-0 print:z-50 print:content-center print:rounded-none print:border-0 print:shadow-none">
        <p className="text-lg font-semibold text-pretty print:text-4xl">{process.product}</p>
        <p className="text-sm font-medium text-ink-muted print:text-2xl">{t(until === null ? 'useBy' : 'useByTime')}</p>
        <p className="text-4xl leading-tight font-bold tracking-[-0.02em] text-balance print:text-7xl">
          {until !== null
            ? clock(until)
            : lastUseDate
              ? day(lastUseDate, 'long')
              : t('frozen', { count: daysLeftFrozen ?? 0 })}
        </p>
        <p className="dotted flex flex-wrap justify-center text-sm text-ink-muted print:text-xl">
          {process.batch && <span>{process.batch}</span>}
          {process.amount && <span>{process.amount}</span>}
          <span>{t('made', { day: day(localDate(process.beganAt, timezone)) })}</span>
          {process.beganBy && <span>{process.beganBy.name}</span>}
        </p>
      </div>
      <Button className="min-h-14 text-base print:hidden" onClick={() => window.print()}>
        <Printer aria-hidden />
        {t('print')}
      </Button>
    </section>
  )
}
