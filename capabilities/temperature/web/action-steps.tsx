'use client'
import { cx } from '@opsflow/platform/web'
import { Check } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { CorrectiveActionRecord } from '../records.ts'

const steps = ['response', 'recheck', 'closure', 'verification'] as const
const done: Record<CorrectiveActionRecord['state'], number> = {
  opened: 0,
  responded: 1,
  rechecked: 2,
  closed: 3,
  verified: 4,
}

/** Where we are on the way from deviation to verified. */
export function ActionSteps({ state }: { state: CorrectiveActionRecord['state'] }) {
  const t = useTranslations('temperature.action.steps')
  return (
    <ol className="grid grid-cols-4 gap-2">
      {steps.map((step, index) => {
        const isDone = index < done[state]
        const isNow = index === done[state]
        return (
          <li key={step} aria-current={isNow ? 'step' : undefined}>
            <span className={cx('block h-1 rounded-full', isDone ? 'bg-ok' : isNow ? 'bg-accent' : 'bg-line')} />
            <span
              className={cx(
                'mt-2 flex items-center gap-1.5 text-[0.8125rem] leading-tight sm:text-sm',
                isNow ? 'font-semibold' : 'text-ink-muted',
              )}
            >
              {isDone && <Check aria-hidden className="size-4 shrink-0 text-ok" />}
              {t(step)}
              {isDone && <span className="sr-only">{t('done')}</span>}
            </span>
          </li>
        )
      })}
    </ol>
  )
}
