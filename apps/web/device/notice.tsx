'use client'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'

/** Something about the app itself, said beside the work and never over it. */
export function Notice({
  icon,
  title,
  children,
  action,
  onClose,
}: {
  icon: ReactNode
  title: string
  children: ReactNode
  action?: ReactNode
  onClose: () => void
}) {
  const t = useTranslations('device')
  return (
    <section
      role="status"
      className="pointer-events-auto grid w-full max-w-md animate-[appear_var(--calm)_var(--ease)] grid-cols-[auto_1fr_auto] items-start gap-x-3 rounded-xl border border-line bg-raised p-1 ps-4 text-sm shadow-raised"
    >
      <span className="flex h-target items-center text-accent-ink [&_svg]:size-5">{icon}</span>
      <div className="min-w-0 pt-2.5 pb-3">
        <p className="font-semibold">{title}</p>
        <div className="mt-0.5 text-ink-muted">{children}</div>
        {action && <div className="mt-3 flex flex-wrap gap-2">{action}</div>}
      </div>
      <button
        type="button"
        aria-label={t('later')}
        title={t('later')}
        onClick={onClose}
        className="inline-flex size-target items-center justify-center rounded-lg text-ink-muted hover:bg-sunken"
      >
        <X aria-hidden className="size-4" />
      </button>
    </section>
  )
}
