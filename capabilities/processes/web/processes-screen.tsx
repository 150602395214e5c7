'use client'
import { useSyncStatus } from '@opsflow/platform/client/sync/use-replica'
import { useViewer } from '@opsflow/platform/client/viewer'
import {
  ButtonLink,
  buttonClass,
  Card,
  EmptyState,
  Link,
  Moment,
  NoPermission,
  OlderRows,
  PageHeader,
  SkeletonRows,
  StatusBadge,
  Tabs,
  type Tone,
  withOlder,
} from '@opsflow/platform/web'
import { FileDown, Gauge, Plus, Timer } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useNow, useOlderProcesses, useProcessRows } from '../client/index.ts'
import type { Process } from '../process.ts'
import { ProcessCard } from './process-card.tsx'
import { soonestFirst } from './soonest-first.ts'

const tones: Record<Process['result'], Tone> = { running: 'info', passed: 'ok', failed: 'danger', stopped: 'neutral' }

/** What cools, is held or is kept by the clock now, the most urgent first; and what has ended. */
export function ProcessesScreen({ locationId }: { locationId: string | undefined }) {
  const t = useTranslations('processes')
  const viewer = useViewer()
  const rows = useProcessRows(locationId)
  const [tab, setTab] = useState<'running' | 'finished'>('running')
  if (!viewer.can('processes.read', locationId)) return <NoPermission />
  const running = rows.filter(({ state }) => state === 'running')
  const csv = { organizationId: viewer.organizationId, ...(locationId && { locationId }) }
  const probesAt = locationId ? `?location=${locationId}` : ''
  return (
    <>
      <PageHeader
        title={t('title')}
        text={t('text')}
        actions={
          <>
            <ButtonLink href={`/processes/probes${probesAt}`}>
              <Gauge aria-hidden />
              {t('probes.title')}
            </ButtonLink>
            {viewer.can('processes.run', locationId) && (
              <ButtonLink look="primary" href="/processes/begin">
                <Plus aria-hidden />
                {t('begin.action')}
              </ButtonLink>
            )}
          </>
        }
      />
      <Tabs
        label={t('title')}
        tabs={[
          { id: 'running', label: t('tabs.running'), count: running.length },
          { id: 'finished', label: t('tabs.finished') },
        ]}
        value={tab}
        onChange={setTab}
      >
        {tab === 'running' ? (
          <Running processes={running} />
        ) : (
          <>
            <div className="mt-4 flex justify-end">
              <a href={`/api/v1/processes.csv?${new URLSearchParams(csv)}`} download className={buttonClass()}>
                <FileDown aria-hidden />
                {t('csv')}
              </a>
            </div>
            <Finished rows={rows.filter(({ state }) => state !== 'running')} locationId={locationId} />
          </>
        )}
      </Tabs>
    </>
  )
}

function Running({ processes }: { processes: readonly Process[] }) {
  const t = useTranslations('processes')
  const { isReady } = useSyncStatus()
  const now = useNow()
  if (processes.length === 0 && !isReady) return <SkeletonRows rows={4} className="mt-4" />
  if (processes.length === 0) {
    return (
      <EmptyState icon={<Timer aria-hidden />} title={t('none')}>
        {t('noneText')}
      </EmptyState>
    )
  }
  return (
    <ul className="mt-4 grid gap-3 md:grid-cols-2 xl:grid-cols-3">
      {soonestFirst(processes).map((process) => (
        <ProcessCard key={process.id} process={process} now={now} />
      ))}
    </ul>
  )
}

function Finished({ rows, locationId }: { rows: readonly Process[]; locationId: string | undefined }) {
  const t = useTranslations('processes')
  const [asked, setAsked] = useState(false)
  const older = useOlderProcesses(locationId, asked)
  const fetched = (older.data?.pages ?? []).flatMap(({ items }) => items).filter(({ state }) => state !== 'running')
  const all = withOlder(rows, fetched)
  return (
    <Card className="mt-3">
      {all.length === 0 ? (
        <EmptyState compact icon={<Timer aria-hidden />} title={t('noneFinished')} />
      ) : (
        <ul className="divide-y divide-line">
          {all.map((process) => (
            <FinishedRow key={process.id} process={process} />
          ))}
        </ul>
      )}
      <OlderRows asked={asked} onAsk={() => setAsked(true)} query={older} />
    </Card>
  )
}

function FinishedRow({ process }: { process: Process }) {
  const t = useTranslations('processes')
  const { locations } = useViewer()
  const place = locations.find(({ id }) => id === process.locationId)
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3 sm:px-5">
      <div className="min-w-0 flex-1 basis-56">
        <Link
          href={`/processes/one?id=${process.id}`}
          className="-my-1 inline-flex min-h-target items-center rounded text-[0.9375rem] font-medium hover:underline"
        >
          {process.product}
        </Link>
        <p className="dotted flex flex-wrap text-sm text-ink-muted">
          <span>{t(`kinds.${process.kind}`)}</span>
          {process.batch && <span>{process.batch}</span>}
          {locations.length > 1 && <span>{place?.name}</span>}
          {process.finishedAt && <Moment at={process.finishedAt} timeZone={place?.timezone} />}
          {process.finishedBy && <span>{process.finishedBy.name}</span>}
        </p>
      </div>
      {process.needsVerification && process.state === 'finished' && (
        <StatusBadge tone="warn">{t('toVerify')}</StatusBadge>
      )}
      {process.disposition && <span className="text-sm">{t(`dispositions.${process.disposition}`)}</span>}
      <StatusBadge tone={tones[process.result]}>{t(`results.${process.result}`)}</StatusBadge>
    </li>
  )
}
