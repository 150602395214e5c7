import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, Dialog, EmptyState, ErrorState, SkeletonRows } from '@opsflow/platform/web'
import { CloudOff, History, ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useRecordHistory } from '../client/index.ts'
import { HistoryLine } from './history-line.tsx'
import { RecordVerification, useRecordVerification } from './record-verification.tsx'

/** Opens what the evidence log knows of a record, for who may see it. `kind`: its table. */
export function RecordHistory({ kind, id }: { kind: string; id: string }) {
  const t = useTranslations('ledger.history')
  const [isOpen, setOpen] = useState(false)
  const viewer = useViewer()
  if (!viewer.can('ledger.read')) return null
  return (
    <>
      <Button look="quiet" className="-ms-4 mt-6" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <History aria-hidden />
        {t('open')}
      </Button>
      <Dialog open={isOpen} onClose={() => setOpen(false)} title={t('title')} description={t('hint')} place="sheet">
        {isOpen && <Changes kind={kind} id={id} />}
      </Dialog>
    </>
  )
}

function Changes({ kind, id }: { kind: string; id: string }) {
  const t = useTranslations('ledger.history')
  const { data, error, refetch } = useRecordHistory(kind, id)
  const proof = useRecordVerification(kind, id)
  if (!data && error) {
    if (statusOf(error) === 404) return <p className="py-4 text-ink-muted">{t('none')}</p>
    return error.name === 'Unreachable' ? <NoServer /> : <ErrorState compact error={error} onRetry={refetch} />
  }
  if (!data) return <SkeletonRows rows={4} />
  const { items, hasEarlier } = data
  const isSealed = items.some(({ leaf }) => leaf !== null)
  const lastOf = new Map(items.map((item) => [`${item.kind}/${item.recordId}`, item.id]))
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      {isSealed ? (
        <Button className="justify-self-start" busy={proof.state.at === 'checking'} onClick={() => proof.verify(items)}>
          <ShieldCheck aria-hidden />
          {t('verify')}
        </Button>
      ) : (
        <p className="text-sm text-ink-muted">{t('nothingSealed')}</p>
      )}
      <RecordVerification state={proof.state} />
      {hasEarlier && <p className="text-sm text-ink-muted">{t('earlier')}</p>}
      <ol className="divide-y divide-line border-y border-line">
        {items.map((item) => {
          const row = `${item.kind}/${item.recordId}`
          const isLast = lastOf.get(row) === item.id
          return <HistoryLine key={item.id} event={item} content={isLast ? proof.contents?.get(row) : undefined} />
        })}
      </ol>
      <p className="text-sm text-ink-muted">{t('onlyDigests')}</p>
    </div>
  )
}

function NoServer() {
  const t = useTranslations('ledger.history')
  return (
    <div role="alert">
      <EmptyState compact icon={<CloudOff aria-hidden />} title={t('needsServer')} />
    </div>
  )
}

const statusOf = (error: unknown) => (error as { status?: number }).status
