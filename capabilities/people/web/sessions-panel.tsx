'use client'
import { Button, ErrorState, Panel, RelativeTime, SkeletonRows, StatusBadge } from '@opsflow/platform/web'
import { MonitorSmartphone } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useEndOtherSessions, useEndSession, useOwnSessions } from '../client/index.ts'
import { deviceOf } from './device-of.ts'

/** Where one is signed in, and the way to end it from here. */
export function SessionsPanel() {
  const t = useTranslations('account.sessions')
  const sessions = useOwnSessions()
  const end = useEndSession()
  const endOthers = useEndOtherSessions()
  if (sessions.isPending) return <SkeletonRows rows={3} />
  if (sessions.isError) return <ErrorState error={sessions.error} onRetry={sessions.refetch} />
  const { items } = sessions.data
  return (
    <Panel
      title={t('title')}
      actions={
        items.length > 1 && (
          <Button look="quiet" onClick={() => endOthers.mutate(undefined)} busy={endOthers.isPending}>
            {t('endOthers')}
          </Button>
        )
      }
    >
      <ul className="divide-y divide-line">
        {items.map((session) => (
          <li key={session.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2.5">
            <MonitorSmartphone aria-hidden className="size-5 shrink-0 text-ink-muted" />
            <span className="min-w-0 flex-1">
              <span className="flex flex-wrap items-center gap-2 font-medium">
                {deviceOf(session.userAgent) ?? t('unknown')}
                {session.current && <StatusBadge tone="accent">{t('current')}</StatusBadge>}
              </span>
              <span className="block text-sm text-ink-muted">
                {t(`with.${session.signedInWith}`)}
                {session.address && ` · ${session.address}`} ·{' '}
                {t.rich('seen', { when: () => <RelativeTime at={session.lastSeenAt} /> })}
              </span>
            </span>
            {!session.current && (
              <Button
                look="quiet"
                onClick={() => end.mutate(session.id)}
                busy={end.isPending && end.variables === session.id}
              >
                {t('end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
