'use client'
import { cx, StatusBadge, StatusShape, type Tone } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import type { Outcome } from '../../outcome.ts'

/** Of a grid: open on a day to come is ahead; what no row says yet, only the schedule, is planned. */
export type Mark = Outcome | 'ahead' | 'planned'

export const markTones: Record<Mark, Tone> = {
  on_time: 'ok',
  done_late: 'warn',
  empty: 'neutral',
  missed: 'danger',
  excused: 'info',
  late: 'warn',
  open: 'accent',
  ahead: 'neutral',
  planned: 'neutral',
}

export function OutcomeBadge({ mark }: { mark: Mark }) {
  const t = useTranslations('overview.outcome')
  return <StatusBadge tone={markTones[mark]}>{t(mark)}</StatusBadge>
}

/** Shape, word and colour, small enough for a grid. */
export function OutcomeMark({ mark, time, className }: { mark: Mark; time?: string | undefined; className?: string }) {
  const t = useTranslations('overview.outcome')
  return (
    <span className={cx('inline-flex items-center gap-1.5 text-[0.8125rem] leading-5', className)}>
      <StatusShape tone={markTones[mark]} />
      {time && <span className="text-xs whitespace-nowrap text-ink-muted tabular-nums">{time}</span>}
      <span className={cx(mark === 'missed' && 'font-semibold', mark === 'planned' && 'text-ink-muted')}>
        {t(mark)}
      </span>
    </span>
  )
}
