'use client'
import { useUnreadCount } from '@opsflow/capabilities/alerts/client'
import { Dialog } from '@opsflow/platform/web'
import { Bell as BellIcon } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'

/** Its code comes when someone looks. */
const BellPanel = lazy(() => import('./bell-panel.tsx'))

/** Always in sight: how many threads wait for this person. */
export default function Bell() {
  const t = useTranslations('app.bell')
  const count = useUnreadCount()
  const [open, setOpen] = useState(false)
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
        className="relative inline-flex size-target items-center justify-center rounded-lg text-ink-muted transition-colors hover:bg-sunken hover:text-ink"
      >
        <BellIcon aria-hidden className="size-5" />
        <span className="sr-only">{t('label', { count })}</span>
        {count > 0 && (
          <span
            aria-hidden
            className="absolute end-0.5 top-0.5 min-w-4.5 rounded-full bg-danger px-1 text-center text-[0.6875rem] leading-4.5 font-semibold tabular-nums text-on-danger"
          >
            {count > 99 ? '99+' : count}
          </span>
        )}
      </button>
      <Dialog open={open} onClose={() => setOpen(false)} title={t('title')} place="sheet">
        <Suspense>
          <BellPanel onLeave={() => setOpen(false)} />
        </Suspense>
      </Dialog>
    </>
  )
}
