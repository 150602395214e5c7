'use client'
import { useRefusedPhotos } from '@opsflow/platform/client/files/use-photos'
import type { Attention } from '@opsflow/platform/client/sync/replica'
import { useReplica, useSyncStatus } from '@opsflow/platform/client/sync/use-replica'
import {
  Button,
  ButtonLink,
  EmptyState,
  ErrorState,
  MoreWords,
  PageHeader,
  RelativeTime,
  SkeletonRows,
  StatusBadge,
} from '@opsflow/platform/web'
import { CloudCheck, Download } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { DiscardDialog } from './discard-dialog.tsx'
import { attentionMessages } from './messages.ts'
import { RefusedPhoto } from './refused-photo.tsx'
import { saveUnsent } from './save-unsent.ts'
import { useAttention } from './use-unsent.ts'
import { fixOf, WorkReason, WorkText } from './work-text.tsx'

/** What this device recorded and the server did not do: each with its reason, and a way to bring it to an end. */
export default function NeedsAttention() {
  return (
    <MoreWords of={attentionMessages}>
      <List />
    </MoreWords>
  )
}

function List() {
  const t = useTranslations('app.attention')
  const replica = useReplica()
  const { needsAttention } = useSyncStatus()
  const attention = useAttention()
  const photos = useRefusedPhotos()
  const [discarding, setDiscarding] = useState<Attention>()
  return (
    <>
      <PageHeader
        title={t('title')}
        text={t('text')}
        actions={
          needsAttention > 0 && (
            <Button onClick={() => replica && void saveUnsent(replica)}>
              <Download aria-hidden />
              {t('export')}
            </Button>
          )
        }
      />
      {attention.error ? (
        <ErrorState error={attention.error} onRetry={attention.retry} />
      ) : attention.items === undefined ? (
        <SkeletonRows rows={3} />
      ) : attention.items.length === 0 && photos.length === 0 ? (
        <EmptyState icon={<CloudCheck aria-hidden />} title={t('empty')}>
          {t('emptyText')}
        </EmptyState>
      ) : (
        <ul className="grid gap-3">
          {attention.items.map((item) => (
            <li key={item.mutation.uid}>
              <AttentionCard item={item} onDiscard={() => setDiscarding(item)} />
            </li>
          ))}
          {photos.map((photo) => (
            <li key={photo.id}>
              <RefusedPhoto photo={photo} />
            </li>
          ))}
        </ul>
      )}
      <DiscardDialog item={discarding} onClose={() => setDiscarding(undefined)} />
    </>
  )
}

function AttentionCard({ item, onDiscard }: { item: Attention; onDiscard: () => void }) {
  const t = useTranslations('app.attention')
  const { mutation, result } = item
  const isSettled = result.outcome === 'superseded'
  const fix = result.outcome === 'refused' ? fixOf(mutation) : undefined
  return (
    <article className="rounded-xl border border-line bg-surface p-4 shadow-card sm:p-5">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <h2 className="text-[0.9375rem] font-semibold">
            <WorkText mutation={mutation} />
          </h2>
          <p className="mt-0.5 text-sm text-ink-muted">
            {t.rich('recorded', { time: () => <RelativeTime at={result.occurredAt} /> })}
          </p>
        </div>
        <StatusBadge tone={result.outcome === 'refused' ? 'danger' : 'warn'}>
          {t(`outcomes.${result.outcome}`)}
        </StatusBadge>
      </div>
      <div className="mt-3 text-[0.9375rem]">
        <WorkReason mutation={mutation} result={result} />
      </div>
      <div className="mt-4 flex flex-wrap gap-2">
        {fix && (
          <ButtonLink look="primary" href={fix}>
            {t('fix')}
          </ButtonLink>
        )}
        <Button look={fix ? 'quiet' : 'secondary'} onClick={onDiscard}>
          {isSettled ? t('understood') : t('discard')}
        </Button>
      </div>
    </article>
  )
}
