'use client'
import type { Attention } from '@opsflow/platform/client/sync/replica'
import { useReplica } from '@opsflow/platform/client/sync/use-replica'
import { Button, Dialog, Field, TextArea } from '@opsflow/platform/web'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { WorkText } from './work-text.tsx'

const LEAST_REASON = 3

/** Given up with a reason that stays on record: who, why, and what it was. */
export function DiscardDialog({ item, onClose }: { item: Attention | undefined; onClose: () => void }) {
  const t = useTranslations('app.attention')
  const replica = useReplica()
  const [reason, setReason] = useState('')
  const discard = useMutation({
    networkMode: 'always',
    mutationFn: async () => item && replica?.discard(item.mutation.uid, reason.trim()),
    onSuccess: () => leave(),
  })
  const isOffline = discard.error?.name === 'Unreachable'
  function leave() {
    setReason('')
    discard.reset()
    onClose()
  }
  return (
    <Dialog
      open={item !== undefined}
      onClose={leave}
      title={t('discardTitle')}
      footer={
        <>
          <Button onClick={leave}>{t('keep')}</Button>
          <Button
            look="danger"
            busy={discard.isPending}
            disabled={reason.trim().length < LEAST_REASON}
            onClick={() => discard.mutate()}
          >
            {t('discard')}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        {item && (
          <p className="font-medium">
            <WorkText mutation={item.mutation} />
          </p>
        )}
        <p className="text-sm text-ink-muted">{t('discardText')}</p>
        <Field
          label={t('reason')}
          hint={t('reasonHint')}
          error={discard.error ? (isOffline ? t('discardOffline') : t('discardFailed')) : undefined}
        >
          <TextArea value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
        </Field>
      </div>
    </Dialog>
  )
}
