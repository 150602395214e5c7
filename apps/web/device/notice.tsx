'use client'
import { cx } from '@opsflow/platform/web'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'

/** Something about the app itself, said beside the work. `action` stands in its one line. */
export function Notice({
  icon,
  title,
  children,
  action,
  tone = 'news',
  onClose,
}: {
  icon: ReactNode
  title: string
  children?: ReactNode
  action?: ReactNode
  tone?: 'news' | 'warn'
  onClose: () => void
}) {
  const t = useTranslations('device')
  return (
    <section
      role="status"
      className="pointer-events-auto w-full max-w-md animate-[appear_var(--calm)_var(--ease)] rounded-xl border border-line bg-raised p-1 text-sm shadow-raised"
    >
      <div className="flex items-center gap-3 ps-3">
        <span className={cx('shrink-0 [&_svg]:size-5', tone === 'warn' ? 'text-warn' : 'text-accent-ink')}>{icon}</span>
        <p className="min-w-0 flex-1 py-1 font-semibold">{title}</p>
        {action}
        <button
          type="button"
          aria-label={t('later')}
          title={t('later')}
          onClick={onClose}
          className="inline-flex size-target shrink-0 items-center justify-center rounded-lg text-ink-muted hover:bg-sunken"
        >
          <X aria-hidden className="size-4" />
        </button>
      </div>
      {children && <div className="px-3 pb-3 text-ink-muted sm:ps-11">{children}</div>}
    </section>
  )
}
