'use client'
import { useSyncStatus } from '@opsflow/platform/client/sync/use-replica'
import { Button, ErrorState, RelativeTime } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'

export type Asked = {
  data: unknown
  dataUpdatedAt: number
  isError: boolean
  error: unknown
  refetch: () => unknown
}

/**
 * What the server counted: nothing while it is fresh. Without the server it says as of when the figures below are, or
 * that there are none.
 */
export function Freshness({ asked, compact = false }: { asked: Asked; compact?: boolean }) {
  const t = useTranslations('overview')
  const { connection } = useSyncStatus()
  const isAway = connection === 'offline'
  const again = () => void asked.refetch()
  if (asked.data === undefined) {
    return asked.isError ? <ErrorState compact={compact} error={asked.error} onRetry={again} /> : null
  }
  if (!isAway && !asked.isError) return null
  return (
    <p role="status" className="flex flex-wrap items-center gap-x-3 px-4 py-2 text-sm text-ink-muted sm:px-5">
      {t.rich(isAway ? 'asOfAway' : 'asOfFailed', { time: () => <RelativeTime at={asked.dataUpdatedAt} /> })}
      {!isAway && (
        <Button look="quiet" onClick={again}>
          {t('again')}
        </Button>
      )}
    </p>
  )
}
