'use client'
import { useReplica, useSyncStatus } from '@opsflow/platform/client/sync/use-replica'
import { Button, ButtonLink, EmptyState, RelativeTime, SkeletonRows } from '@opsflow/platform/web'
import { CloudCheck, CloudUpload, Download } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { saveUnsent } from './save-unsent.ts'
import { useAttentionCount } from './use-attention-count.ts'
import { useUnsentWork } from './use-unsent.ts'
import { WorkText } from './work-text.tsx'

/** What waits, in the order it was done, and what can be done about it. */
export default function UnsentList({ onLeave }: { onLeave: () => void }) {
  const t = useTranslations('app.unsent')
  const replica = useReplica()
  const status = useSyncStatus()
  const work = useUnsentWork()
  const needsAttention = useAttentionCount()
  const [sending, setSending] = useState(false)
  const isRestSent = work.items?.length === 0 && needsAttention > 0

  function send() {
    setSending(true)
    void replica?.sync().finally(() => setSending(false))
  }

  return (
    <div className="grid gap-5 pb-4">
      <p className="text-[0.9375rem] text-ink-muted">
        {isRestSent
          ? t('restSent')
          : status.trouble === 'signed_out'
            ? t('waitsForSignIn')
            : status.connection === 'offline'
              ? t('waitsForNetwork')
              : t('goesByItself')}
        {status.heardAt !== undefined && (
          <span className="block text-sm">
            {t.rich('heard', { time: () => <RelativeTime at={status.heardAt ?? 0} /> })}
          </span>
        )}
      </p>
      {work.items === undefined ? (
        <SkeletonRows rows={3} />
      ) : isRestSent ? null : work.items.length === 0 ? (
        <EmptyState compact icon={<CloudCheck aria-hidden />} title={t('allSent')} />
      ) : (
        <ol className="divide-y divide-line rounded-xl border border-line">
          {work.items.map(({ mutation, recordedAt, by }) => (
            <li key={mutation.uid} className="px-4 py-3">
              <p className="text-[0.9375rem] font-medium">
                <WorkText mutation={mutation} />
              </p>
              <p className="mt-0.5 text-sm text-ink-muted">
                {mutation.proof && `${by.name} · `}
                <RelativeTime at={recordedAt} />
              </p>
            </li>
          ))}
        </ol>
      )}
      <div className="flex flex-wrap gap-2">
        {needsAttention > 0 && (
          <ButtonLink look="primary" href="/needs-attention" onClick={onLeave}>
            {t('seeAttention', { count: needsAttention })}
          </ButtonLink>
        )}
        {status.unsent > 0 && (
          <>
            <Button busy={sending} onClick={send}>
              <CloudUpload aria-hidden />
              {t('sendNow')}
            </Button>
            <Button look="quiet" onClick={() => replica && void saveUnsent(replica)}>
              <Download aria-hidden />
              {t('export')}
            </Button>
          </>
        )}
      </div>
    </div>
  )
}
