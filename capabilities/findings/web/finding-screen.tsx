'use client'
import { useEvidence } from '@opsflow/capabilities/evidence/client'
import { EvidencePhotos, EvidenceWait } from '@opsflow/capabilities/evidence/web'
import { useUnsentIds } from '@opsflow/platform/client/sync/use-replica'
import { useViewer } from '@opsflow/platform/client/viewer'
import {
  Card,
  EmptyState,
  ErrorState,
  Link,
  Moment,
  NoPermission,
  PageHeader,
  Panel,
  SkeletonRows,
  UnsentMark,
} from '@opsflow/platform/web'
import { CloudOff } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useFinding } from '../client/index.ts'
import type { Finding } from '../finding.ts'
import { isOwed, standingFix } from '../finding-change.ts'
import { FINDING } from '../words.ts'
import { FindingHistory } from './finding-history.tsx'
import { Owner, ResolvedBadge, SeverityBadge, StateBadge, TimesBadge, useDue } from './finding-words.tsx'
import { FixFinding } from './fix-form.tsx'
import { VerifyFinding } from './verify-form.tsx'

/** One finding: what was found and where, by when, what was done, and the one or two things to do now. */
export function FindingScreen({ id, withoutBack = false }: { id: string; withoutBack?: boolean }) {
  const t = useTranslations('findings.one')
  const { finding, error, refetch } = useFinding(id)
  if (finding) return <Shown finding={finding} withoutBack={withoutBack} />
  if (!error) return <SkeletonRows rows={6} />
  if ((error as Error).name !== 'Unreachable') return <ErrorState error={error} onRetry={() => void refetch()} />
  return (
    <EmptyState icon={<CloudOff aria-hidden />} title={t('notHere')}>
      {t('notHereText')}
    </EmptyState>
  )
}

function Shown({ finding, withoutBack }: { finding: Finding; withoutBack: boolean }) {
  const t = useTranslations('findings.one')
  const viewer = useViewer()
  const place = viewer.locations.find(({ id }) => id === finding.locationId)
  const isUnsent = useUnsentIds(FINDING).has(finding.id)
  if (!viewer.can('findings.read', finding.locationId)) return <NoPermission />
  return (
    <>
      <PageHeader
        {...(!withoutBack && { back: { href: '/findings', label: t('back') } })}
        title={finding.label}
        text={
          <>
            {place?.name} · {finding.auditName}
          </>
        }
      />
      <div className="mb-4 flex flex-wrap items-center gap-2">
        <StateBadge finding={finding} />
        <SeverityBadge severity={finding.severity} />
        <TimesBadge times={finding.times} />
        <ResolvedBadge resolvedAt={finding.resolvedAt} />
        {isUnsent && <UnsentMark />}
      </div>
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)] lg:gap-5">
        <div className="grid gap-4 lg:gap-5">
          <Card className="p-4 sm:p-6">
            <Found finding={finding} timeZone={place?.timezone} />
          </Card>
          <NextStep finding={finding} />
        </div>
        <Panel title={t('history')}>
          <FindingHistory finding={finding} />
        </Panel>
      </div>
    </>
  )
}

function Found({ finding, timeZone }: { finding: Finding; timeZone: string | undefined }) {
  const t = useTranslations('findings.one')
  const schemes = useTranslations('audits.as')
  const due = useDue(timeZone)
  const photos = useEvidence('checklist_answer', finding.answerId)
  return (
    <div className="grid gap-4">
      <h2 className="sr-only">{t('asked')}</h2>
      {finding.said.note ? (
        <p className="text-[0.9375rem] whitespace-pre-line">{finding.said.note}</p>
      ) : (
        <p className="text-[0.9375rem] text-ink-muted">{t('noNote')}</p>
      )}
      {photos.length > 0 && <EvidencePhotos items={photos} />}
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-2.5 text-[0.9375rem]">
        <Detail name={t('dueLabel')}>{due(finding)}</Detail>
        <Detail name={t('owner')}>
          <Owner finding={finding} />
        </Detail>
        <Detail name={t('found')}>
          {finding.openedBy && `${finding.openedBy.name} · `}
          <Moment at={finding.openedAt} timeZone={timeZone} />
        </Detail>
        {finding.as && <Detail name={t('as')}>{schemes(finding.as)}</Detail>}
        <Detail name={t('audit')}>
          <Link
            href={`/checklists/record?id=${finding.checklistId}`}
            className="inline-flex min-h-target items-center font-medium text-accent-ink hover:underline"
          >
            {finding.auditName}, {t('version', { version: finding.version })}
          </Link>
        </Detail>
        {finding.repeatsId && (
          <Detail name={t('again')}>
            <Link
              href={`/findings/one?id=${finding.repeatsId}`}
              className="inline-flex min-h-target items-center font-medium text-accent-ink hover:underline"
            >
              {t('found')}
            </Link>
          </Detail>
        )}
      </dl>
    </div>
  )
}

const Detail = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt className="py-0.5 text-ink-muted">{name}</dt>
    <dd className="min-w-0 py-0.5 font-medium break-words [&_a]:-my-2.5">{children}</dd>
  </>
)

function NextStep({ finding }: { finding: Finding }) {
  const t = useTranslations('findings.one')
  const viewer = useViewer()
  const evidence = useEvidence('finding', finding.id)
  if (!isOwed(finding)) {
    return (
      <Card className="p-4 text-[0.9375rem] text-ink-muted sm:p-6">
        {t(`over.${finding.state as 'verified' | 'repeated' | 'withdrawn'}`)}
      </Card>
    )
  }
  const isOwn = standingFix(finding)?.by?.id === viewer.memberId
  const mayFix = viewer.can('findings.fix', finding.locationId) && (finding.state === 'open' || isOwn)
  return (
    <Card className="grid gap-4 p-4 sm:p-6">
      {finding.state === 'fixed' && <EvidenceWait items={evidence} />}
      {finding.state === 'fixed' && <VerifyFinding finding={finding} />}
      {mayFix ? (
        <FixFinding finding={finding} />
      ) : (
        finding.state === 'open' && <p className="text-[0.9375rem] text-ink-muted">{t('watchOnly')}</p>
      )}
    </Card>
  )
}
