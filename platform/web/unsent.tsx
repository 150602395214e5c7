'use client'
import { CloudUpload, TimerOff } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { cx } from './classes.ts'
import { Popover } from './popover.tsx'
import { RelativeTime } from './relative-time.tsx'

/** On a row that carries something the server has not confirmed: a cloud with an arrow, and a word. */
export function UnsentMark({ className }: { className?: string }) {
  const t = useTranslations('ui.unsent')
  return (
    <span
      className={cx(
        'inline-flex items-center gap-1 text-[0.8125rem] font-medium text-info whitespace-nowrap',
        className,
      )}
    >
      <CloudUpload aria-hidden className="size-4 shrink-0" />
      {t('mark')}
    </span>
  )
}

/** A time nobody can vouch for: shown, never hidden, and explained one tap away. */
export function DoubtfulTime({ className }: { className?: string }) {
  const t = useTranslations('ui.unsent')
  return (
    <Popover
      label={t('doubtfulLabel')}
      title={t('doubtful')}
      content={<div className="text-ink-muted">{t('doubtfulText')}</div>}
      className={cx(
        'relative inline-flex items-center gap-1 rounded text-[0.8125rem] font-medium whitespace-nowrap text-warn before:absolute before:-inset-x-1 before:-inset-y-3 hover:underline',
        className,
      )}
    >
      <TimerOff aria-hidden className="size-4 shrink-0" />
      {t('doubtful')}
    </Popover>
  )
}

const MINUTE = 60_000

/** Recorded without a network: when the server got it, where that was later than the moment it is about. */
export function ReceivedLater({
  at,
  receivedAt,
  className,
}: {
  at: string
  receivedAt: string | null | undefined
  className?: string
}) {
  const t = useTranslations('ui.unsent')
  if (!receivedAt || Date.parse(receivedAt) - Date.parse(at) < 2 * MINUTE) return null
  return (
    <span className={cx('block text-[0.8125rem] text-ink-muted', className)}>
      {t.rich('received', { time: () => <RelativeTime at={receivedAt} /> })}
    </span>
  )
}
