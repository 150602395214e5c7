'use client'
import { useApi } from '@opsflow/platform/client/api-context'
import type { SetAside, syncReviewRoutes } from '@opsflow/platform/sync-review'
import {
  Button,
  Dialog,
  DoubtfulTime,
  ErrorState,
  Field,
  Moment,
  Panel,
  ReceivedLater,
  SkeletonRows,
  TextArea,
  useToast,
} from '@opsflow/platform/web'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { WorkText } from './work-text.tsx'

const LEAST_REASON = 3
const key = ['set-aside']

type Decision = 'acceptance' | 'rejection'

/** For managers: what people did offline who had lost the right to by the time it arrived. Asked of the server. */
export function SetAsideWork() {
  const t = useTranslations('app.setAside')
  const call = useApi<typeof syncReviewRoutes>()
  const waiting = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => call('GET /sync/quarantine', { query: { limit: 50 }, signal }),
  })
  const [deciding, setDeciding] = useState<{ item: SetAside; decision: Decision }>()
  return (
    <Panel title={t('title')} hint={waiting.data?.items.length || undefined} flush className="mt-6">
      {waiting.isPending ? (
        <SkeletonRows rows={2} className="p-5" />
      ) : waiting.isError ? (
        <ErrorState compact error={waiting.error} onRetry={waiting.refetch} />
      ) : waiting.data.items.length === 0 ? (
        <p className="px-4 py-6 text-sm text-ink-muted sm:px-5">{t('empty')}</p>
      ) : (
        <ul className="divide-y divide-line">
          {waiting.data.items.map((item) => (
            <li key={item.id} className="flex flex-wrap items-center gap-x-4 gap-y-3 px-4 py-4 sm:px-5">
              <div className="min-w-0 flex-1 basis-64">
                <p className="font-medium">
                  <WorkText mutation={{ uid: item.id, name: item.name, args: item.args }} />
                </p>
                <p className="dotted mt-0.5 flex flex-wrap text-sm text-ink-muted">
                  <span>{item.by?.name ?? t('unknown')}</span>
                  {item.location && <span>{item.location.name}</span>}
                  <Moment at={item.occurredAt} />
                </p>
                {item.timeQuality === 'doubtful' && <DoubtfulTime />}
                <ReceivedLater at={item.occurredAt} receivedAt={item.receivedAt} />
              </div>
              <div className="flex gap-2">
                <Button onClick={() => setDeciding({ item, decision: 'acceptance' })}>{t('acceptance.action')}</Button>
                <Button look="quiet" onClick={() => setDeciding({ item, decision: 'rejection' })}>
                  {t('rejection.action')}
                </Button>
              </div>
            </li>
          ))}
        </ul>
      )}
      {deciding && <DecisionDialog key={deciding.item.id} {...deciding} onClose={() => setDeciding(undefined)} />}
    </Panel>
  )
}

function DecisionDialog({ item, decision, onClose }: { item: SetAside; decision: Decision; onClose: () => void }) {
  const t = useTranslations('app.setAside')
  const call = useApi<typeof syncReviewRoutes>()
  const queries = useQueryClient()
  const toast = useToast()
  const [reason, setReason] = useState('')
  const isReasoned = decision === 'acceptance' || reason.trim().length >= LEAST_REASON
  const decide = useMutation({
    networkMode: 'always',
    mutationFn: () => call(`POST /sync/quarantine/{id}/${decision}`, { params: { id: item.id }, body: { reason } }),
    onSuccess() {
      toast({ message: t(`${decision}.done`) })
      void queries.invalidateQueries({ queryKey: key })
      onClose()
    },
  })
  return (
    <Dialog
      open
      onClose={onClose}
      title={t(`${decision}.title`)}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button
            look={decision === 'acceptance' ? 'primary' : 'danger'}
            busy={decide.isPending}
            disabled={!isReasoned}
            onClick={() => decide.mutate()}
          >
            {t(`${decision}.action`)}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <p className="text-sm text-ink-muted">{t(`${decision}.text`, { name: item.by?.name ?? t('unknown') })}</p>
        <Field label={t('reason')} error={decide.error?.message}>
          <TextArea value={reason} maxLength={1000} onChange={(event) => setReason(event.target.value)} />
        </Field>
      </div>
    </Dialog>
  )
}
