'use client'
import { useSyncStatus } from '@opsflow/platform/client/sync/use-replica'
import { cx, Dialog, useClock } from '@opsflow/platform/web'
import { CloudAlert, CloudCheck, CloudDownload, CloudOff, CloudUpload } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { useAttentionCount } from './use-attention-count.ts'

const UnsentList = lazy(() => import('./unsent-list.tsx'))

/** Always in sight: whether everything has arrived at the server, and if not, how much waits and since when. */
export function UnsentChip() {
  const t = useTranslations('app.unsent')
  const status = useSyncStatus()
  const [open, setOpen] = useState(false)
  const age = useAge(status.oldestUnsentAt)
  const { unsent, connection, isReady } = status
  const needsAttention = useAttentionCount()
  const quiet = connection === 'offline' ? 'nothingOffline' : isReady ? 'allSent' : 'opening'
  const Shape = needsAttention > 0 ? CloudAlert : unsent > 0 ? CloudUpload : shapes[quiet]
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
        className={cx(
          'inline-flex min-h-target min-w-target items-center justify-center gap-1.5 rounded-lg px-2 text-sm font-medium whitespace-nowrap transition-colors hover:bg-sunken',
          needsAttention > 0 ? 'text-danger' : unsent > 0 ? 'text-info' : 'text-ink-muted',
        )}
      >
        <Shape aria-hidden className="size-5 shrink-0" />
        {unsent === 0 && needsAttention === 0 ? (
          <span className="sr-only">{t(quiet)}</span>
        ) : (
          <>
            <span className="sr-only">{t('open')}</span>
            {unsent > 0 && (
              <span className="tabular-nums">
                {t('count', { count: unsent })}
                {age && <span className="max-sm:sr-only"> · {age}</span>}
              </span>
            )}
            {needsAttention > 0 && (
              <>
                <span className="max-sm:sr-only">{t('attentionCount', { count: needsAttention })}</span>
                <span aria-hidden className="tabular-nums sm:hidden">
                  {needsAttention}
                </span>
              </>
            )}
          </>
        )}
      </button>
      <Dialog open={open} onClose={() => setOpen(false)} title={t('title')} place="sheet">
        <Suspense>
          <UnsentList onLeave={() => setOpen(false)} />
        </Suspense>
      </Dialog>
    </>
  )
}

const shapes = { nothingOffline: CloudOff, allSent: CloudCheck, opening: CloudDownload }

const MINUTE = 60_000

/** In the fewest words: a kitchen reads it in passing. */
function useAge(since: string | undefined) {
  const format = useFormatter()
  const now = useClock()
  if (since === undefined) return undefined
  const minutes = Math.floor((now - Date.parse(since)) / MINUTE)
  // A clock that was set back says nothing about age.
  if (minutes < 1) return undefined
  const [value, unit] =
    minutes < 60
      ? [minutes, 'minute']
      : minutes < 2880
        ? [Math.floor(minutes / 60), 'hour']
        : [Math.floor(minutes / 1440), 'day']
  return format.number(value as number, { style: 'unit', unit: unit as 'minute', unitDisplay: 'short' })
}
