'use client'
import { isForMe } from '@opsflow/capabilities/tasks/client'
import { useSyncStatus } from '@opsflow/platform/client/sync/use-replica'
import { useViewer } from '@opsflow/platform/client/viewer'
import {
  buttonClass,
  Card,
  EmptyState,
  ErrorState,
  Field,
  NoPermission,
  OlderRows,
  PageHeader,
  Select,
  SkeletonRows,
  Switch,
  Tabs,
  useClock,
} from '@opsflow/platform/web'
import { ClipboardCheck, FileDown } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useAllFindings, useOwedFindings } from '../client/index.ts'
import type { Finding } from '../finding.ts'
import { isOverdue } from '../finding-change.ts'
import { SEVERITIES } from '../words.ts'
import { FindingList } from './finding-list.tsx'
import { MostFound } from './most-found.tsx'

const views = ['open', 'fixed', 'all', 'most'] as const
type View = (typeof views)[number]
type Narrowed = { severity: Finding['severity'] | undefined; isMine: boolean }

/** The board of what audits found: what is to be put right, what is to be confirmed, and all there ever was. */
export function FindingsScreen({ locationId }: { locationId: string | undefined }) {
  const t = useTranslations('findings')
  const viewer = useViewer()
  const [view, setView] = useState<View>('open')
  const [severity, setSeverity] = useState<Finding['severity']>()
  const leads = viewer.can('findings.verify', locationId)
  const [isMine, setIsMine] = useState(!leads)
  const open = useNarrowed(useOwedFindings(locationId, 'open'), { severity, isMine })
  const fixed = useNarrowed(useOwedFindings(locationId, 'fixed'), { severity, isMine: false })
  const { isReady } = useSyncStatus()
  if (!viewer.can('findings.read', locationId)) return <NoPermission />
  const counts = { open: open.length, fixed: fixed.length, all: undefined, most: undefined }
  const asked = { organizationId: viewer.organizationId, ...(locationId && { locationId }) }
  return (
    <>
      <PageHeader
        title={t('title')}
        text={t('text')}
        actions={
          <a href={`/api/v1/findings.csv?${new URLSearchParams(asked)}`} download className={buttonClass()}>
            <FileDown aria-hidden />
            {t('csv')}
          </a>
        }
      />
      <Tabs
        label={t('title')}
        tabs={views.map((id) => ({ id, label: t(`views.${id}`), count: isReady ? counts[id] : undefined }))}
        value={view}
        onChange={setView}
      >
        {(view === 'open' || view === 'fixed') && (
          <div className="mt-4 flex flex-wrap items-end gap-x-6 gap-y-3">
            <Field label={t('severity')} className="w-full max-w-60">
              <Select
                value={severity ?? ''}
                onChange={(event) => setSeverity((event.target.value || undefined) as Finding['severity'] | undefined)}
              >
                <option value="">{t('anySeverity')}</option>
                {SEVERITIES.map((one) => (
                  <option key={one} value={one}>
                    {t(`severities.${one}`)}
                  </option>
                ))}
              </Select>
            </Field>
            {view === 'open' && <Switch checked={isMine} onChange={setIsMine} label={t('mine')} />}
          </div>
        )}
        {view === 'all' && <All locationId={locationId} />}
        {view === 'most' && <MostFound locationId={locationId} />}
        {(view === 'open' || view === 'fixed') && (
          <Owed findings={view === 'open' ? open : fixed} view={view} isMine={isMine} isWhole={isReady} />
        )}
      </Tabs>
    </>
  )
}

/** Overdue first, then the gravest of what is due on. */
function useNarrowed(findings: readonly Finding[], { severity, isMine }: Narrowed): readonly Finding[] {
  const viewer = useViewer()
  const now = useClock()
  return useMemo(() => {
    const late = (one: Finding) => (isOverdue(one, now) ? 0 : 1)
    return findings
      .filter((one) => (severity === undefined || one.severity === severity) && (!isMine || isForMe(one, viewer)))
      .toSorted((one, other) => late(one) - late(other) || Date.parse(one.dueAt) - Date.parse(other.dueAt))
  }, [findings, severity, isMine, viewer, now])
}

function Owed({
  findings,
  view,
  isMine,
  isWhole,
}: {
  findings: readonly Finding[]
  view: 'open' | 'fixed'
  isMine: boolean
  isWhole: boolean
}) {
  const t = useTranslations('findings.none')
  const { locations } = useViewer()
  if (!isWhole && findings.length === 0) return <SkeletonRows className="p-5" />
  if (findings.length === 0) {
    const which = view === 'open' && isMine ? 'mine' : view
    return (
      <Card className="mt-4">
        <EmptyState icon={<ClipboardCheck aria-hidden />} title={t(which)}>
          {t(`${which}Text`)}
        </EmptyState>
      </Card>
    )
  }
  const places = locations.filter(({ id }) => findings.some(({ locationId }) => locationId === id))
  return (
    <div className="mt-4 grid gap-5">
      {places.map(({ id, name }) => (
        <section key={id} aria-label={name}>
          {locations.length > 1 && <h2 className="mb-2 text-lg font-semibold tracking-[-0.01em]">{name}</h2>}
          <Card>
            <FindingList findings={findings.filter(({ locationId }) => locationId === id)} />
          </Card>
        </section>
      ))}
    </div>
  )
}

function All({ locationId }: { locationId: string | undefined }) {
  const t = useTranslations('findings.none')
  const asked = useAllFindings(locationId, true)
  const findings = asked.data?.pages.flatMap(({ items }) => items) ?? []
  if (asked.isPending) return <SkeletonRows className="p-5" />
  if (asked.isError && !asked.data) return <ErrorState error={asked.error} onRetry={() => void asked.refetch()} />
  return (
    <Card className="mt-4">
      {findings.length === 0 ? (
        <EmptyState icon={<ClipboardCheck aria-hidden />} title={t('all')}>
          {t('allText')}
        </EmptyState>
      ) : (
        <>
          <FindingList findings={findings} withPlace />
          <OlderRows asked onAsk={() => undefined} query={asked} />
        </>
      )}
    </Card>
  )
}
