'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, Dialog, Field, TextArea } from '@opsflow/platform/web'
import { ImageUp } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useWaiveEvidence } from '../client/index.ts'
import type { Evidence } from '../evidence.ts'
import { isMissing } from '../standing.ts'

/** Why a record is not final yet, and a supervisor's way out; afterwards, who did without what, and why. */
export function EvidenceWait({ items }: { items: readonly Evidence[] }) {
  const t = useTranslations('evidence')
  const viewer = useViewer()
  const [asking, setAsking] = useState(false)
  const missing = items.filter(isMissing)
  const [first] = items
  if (!first) return null
  const waived = items.find(({ arrivedAt, waivedAt }) => arrivedAt === null && waivedAt !== null)
  return (
    <>
      {missing.length > 0 && (
        <div
          role="status"
          className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-xl border border-info/40 bg-info-tint px-4 py-2.5 text-[0.9375rem]"
        >
          <ImageUp aria-hidden className="size-5 shrink-0 text-info" />
          <span className="min-w-48 flex-1">
            <span className="block font-medium">{t('waiting', { count: missing.length })}</span>
            <span className="block text-sm text-ink-muted">{t('waitingText')}</span>
          </span>
          {viewer.can('evidence.waive', first.locationId) && !viewer.isShared && (
            <Button onClick={() => setAsking(true)}>{t('waive')}</Button>
          )}
        </div>
      )}
      {waived && (
        <p className="text-sm text-ink-muted">
          {t('waived', { by: waived.waivedBy?.name ?? t('someone'), reason: waived.waiver ?? '' })}
        </p>
      )}
      <WaiveDialog first={first} count={missing.length} open={asking} onClose={() => setAsking(false)} />
    </>
  )
}

function WaiveDialog({
  first,
  count,
  open,
  onClose,
}: {
  first: Evidence
  count: number
  open: boolean
  onClose: () => void
}) {
  const t = useTranslations('evidence')
  const waive = useWaiveEvidence(first.ownerKind, first.ownerId)
  const [reason, setReason] = useState('')
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t('waiveTitle', { count })}
      description={t('waiveText')}
      footer={
        <>
          <Button onClick={onClose}>{t('keepWaiting')}</Button>
          <Button
            look="danger"
            disabled={reason.trim().length < 3}
            busy={waive.isPending}
            onClick={() => waive.mutate(reason, { onSuccess: onClose })}
          >
            {t('waive')}
          </Button>
        </>
      }
    >
      <Field label={t('reason')} error={waive.error ? t('waiveFailed') : undefined}>
        <TextArea value={reason} maxLength={1000} onChange={(event) => setReason(event.target.value)} />
      </Field>
    </Dialog>
  )
}
