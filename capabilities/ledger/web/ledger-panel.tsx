'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, buttonClass, ErrorState, Field, Panel, Select, SkeletonRows } from '@opsflow/platform/web'
import { FileDown, ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useLedger } from '../client/index.ts'
import { useVerification, Verification } from './verification.tsx'

const DAYS = [1, 7, 30, 90] as const

/** How far the evidence log is sealed; records taken out with their proof, or verified at once. */
export function LedgerPanel() {
  const t = useTranslations('ledger')
  const viewer = useViewer()
  const ledger = useLedger()
  if (!viewer.can('ledger.read')) return null
  return (
    <Panel title={t('title')} hint={t('hint')} className="mb-6">
      {ledger.isPending && <SkeletonRows rows={2} />}
      {ledger.isError && <ErrorState error={ledger.error} onRetry={ledger.refetch} />}
      {ledger.data && (
        <div className="grid gap-4">
          <p className="text-[0.9375rem]">
            <strong className="font-semibold">
              {ledger.data.head === null ? t('nothing') : t('sealed', { size: ledger.data.size })}
            </strong>{' '}
            <span className="text-ink-muted">{t('waiting', { unsealed: ledger.data.unsealed })}</span>
          </p>
          {viewer.can('ledger.export') && ledger.data.head !== null && <Proof all={ledger.data.mayExportAll} />}
        </div>
      )}
    </Panel>
  )
}

/** Which records, and what is done with their proof. */
function Proof({ all }: { all: boolean }) {
  const t = useTranslations('ledger')
  const viewer = useViewer()
  const places = viewer.locations.filter(({ id }) => viewer.can('ledger.export', id))
  const [locationId, setLocationId] = useState(all ? '' : (places[0]?.id ?? ''))
  const [days, setDays] = useState<number>(DAYS[0])
  const proof = useVerification(viewer.organizationId)
  const since = new Date(Date.now() - days * 86_400_000).toISOString()
  const { organizationId } = viewer
  const query = new URLSearchParams({ organizationId, since, ...(locationId && { locationId }) })
  const url = `/api/v1/ledger/export.jsonl.gz?${query}`
  return (
    <>
      <div className="grid gap-3 sm:max-w-2xl sm:grid-cols-2">
        <Field label={t('where')}>
          <Select value={locationId} onChange={(event) => setLocationId(event.target.value)}>
            {all && <option value="">{t('everywhere')}</option>}
            {places.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('since')}>
          <Select value={String(days)} onChange={(event) => setDays(Number(event.target.value))}>
            {DAYS.map((one) => (
              <option key={one} value={one}>
                {t('days', { days: one })}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button look="primary" busy={proof.state.at === 'checking'} onClick={() => void proof.verify(url)}>
          <ShieldCheck aria-hidden />
          {t('verify')}
        </Button>
        <a href={url} download className={buttonClass()}>
          <FileDown aria-hidden />
          {t('takeOut')}
        </a>
      </div>
      <Verification state={proof.state} onStop={proof.stop} />
    </>
  )
}
