'use client'
import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { cx } from './classes.ts'

export type Step = { id: string; label: ReactNode }

/** Where one is in something done in order. */
export function Steps({ label, steps, current }: { label: string; steps: readonly Step[]; current: string }) {
  const t = useTranslations('ui.steps')
  const now = steps.findIndex((step) => step.id === current)
  return (
    <nav aria-label={label}>
      <ol className="flex items-center gap-2">
        {steps.map((step, index) => (
          <li
            key={step.id}
            aria-current={index === now ? 'step' : undefined}
            className="flex min-w-0 items-center gap-2 not-last:flex-1"
          >
            <span
              aria-hidden
              className={cx(
                'flex size-7 shrink-0 items-center justify-center rounded-full text-xs font-semibold tabular-nums [&_svg]:size-4',
                index < now && 'bg-accent-tint text-accent-ink ring-1 ring-accent/35',
                index === now && 'bg-accent text-on-accent',
                index > now && 'border border-line-strong text-ink-muted',
              )}
            >
              {index < now ? <Check /> : index + 1}
            </span>
            <span className={cx('truncate text-sm max-sm:sr-only', index === now ? 'font-semibold' : 'text-ink-muted')}>
              {step.label}
              {index < now && <span className="sr-only">, {t('done')}</span>}
            </span>
            {index < steps.length - 1 && <span aria-hidden className="h-px min-w-4 flex-1 bg-line-strong/50" />}
          </li>
        ))}
      </ol>
      {/* On a phone there is no room beside the numbers; readers have the words at each of them. */}
      <p aria-hidden className="mt-2 text-sm font-semibold sm:hidden">
        {steps[now]?.label}
      </p>
    </nav>
  )
}
