'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, ErrorState, NoPermission, PageHeader, Panel, SkeletonRows, Steps } from '@opsflow/platform/web'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import type { AuditImport } from '../audit-import.ts'
import { useAuditImport, useCancelImport } from '../client/index.ts'
import { FileStep } from './file-step.tsx'
import { LookStep } from './look-step.tsx'
import { PlacesStep } from './places-step.tsx'
import { ResultStep } from './result-step.tsx'

/** Audits of others from a file: choose it, see what it is, say which place is which, import, see what was left out. */
export function ImportAuditsScreen() {
  const t = useTranslations('imports')
  const viewer = useViewer()
  const [id, setId] = useState<string>()
  if (!viewer.can('imports.run')) return <NoPermission />
  return (
    <>
      <PageHeader
        title={t('title')}
        text={t('text')}
        actions={id && <Button onClick={() => setId(undefined)}>{t('anotherFile')}</Button>}
      />
      {id ? <OneImport key={id} id={id} /> : <Begin onImport={setId} />}
    </>
  )
}

function Begin({ onImport }: { onImport: (id: string) => void }) {
  return (
    <div className="grid gap-5">
      <InSteps current="file" />
      <FileStep onImport={onImport} />
    </div>
  )
}

const STEPS = ['file', 'look', 'places', 'result'] as const
type Step = (typeof STEPS)[number]

function InSteps({ current }: { current: Step }) {
  const t = useTranslations('imports.steps')
  return <Steps label={t('label')} steps={STEPS.map((id) => ({ id, label: t(id) }))} current={current} />
}

function OneImport({ id }: { id: string }) {
  const { data, error, isError, refetch } = useAuditImport(id)
  const [hasLooked, setLooked] = useState(false)
  if (isError) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <SkeletonRows />
  const step = stepOf(data, hasLooked)
  return (
    <div className="grid grid-cols-1 gap-5">
      <InSteps current={step} />
      {data.state === 'receiving' || data.state === 'reading' ? (
        <Reading one={data} />
      ) : step === 'look' && data.look ? (
        <LookStep one={data} look={data.look} onNext={() => setLooked(true)} />
      ) : step === 'places' && data.look ? (
        <PlacesStep one={data} look={data.look} onBack={() => setLooked(false)} />
      ) : (
        <ResultStep one={data} />
      )}
    </div>
  )
}

function stepOf({ state }: AuditImport, hasLooked: boolean): Step {
  if (state === 'receiving' || state === 'reading') return 'look'
  if (state === 'previewed') return hasLooked ? 'places' : 'look'
  return 'result'
}

function Reading({ one }: { one: AuditImport }) {
  const t = useTranslations('imports')
  const format = useFormatter()
  const cancel = useCancelImport(one.id)
  const megabytes = format.number(one.bytes / 1_000_000, { maximumFractionDigits: 1 })
  return (
    <Panel
      title={t('reading')}
      hint={`${one.fileName} · ${t('megabytes', { megabytes })}`}
      actions={
        <Button busy={cancel.isPending} onClick={() => cancel.mutate(undefined)}>
          {t('cancel')}
        </Button>
      }
    >
      <progress
        aria-label={t('reading')}
        value={one.bytesRead}
        max={Math.max(one.bytes, 1)}
        className="progress block h-2.5 w-full overflow-hidden rounded-full"
      />
    </Panel>
  )
}
