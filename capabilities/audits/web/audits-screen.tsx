'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import {
  Button,
  ButtonLink,
  buttonClass,
  Card,
  EmptyState,
  ErrorState,
  Field,
  Link,
  NoPermission,
  PageHeader,
  Select,
  SkeletonRows,
  StatusBadge,
  Tabs,
} from '@opsflow/platform/web'
import { ClipboardCheck, FileDown, FileUp } from 'lucide-react'
import { type ReactNode, Suspense, useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import type { Audit } from '../audit.ts'
import { type AuditsAsked, useAudits, useImported } from '../client/index.ts'
import type { AuditType } from '../scoring.ts'
import { together } from '../together.ts'
import { ImportedRow } from './imported-row.tsx'
import { League } from './league.tsx'
import { PickBox, type Picked, type Picking, PickTwo } from './pick-two.tsx'
import { toneOf, useScoreWords } from './score-words.ts'

const TYPES: readonly AuditType[] = ['internal', 'health_inspection', 'haccp']

/** What was audited, the latest first, each with the score it came to. */
export function AuditsScreen({
  locationId,
  calendar,
  plans,
}: {
  locationId: string | undefined
  /** What checklists know of a month: they make what is planned. */
  calendar: ReactNode
  /** The HACCP plans that audits look at. */
  plans: ReactNode
}) {
  const t = useTranslations('audits')
  const viewer = useViewer()
  const [picked, setPicked] = useState<Picked>(null)
  const [auditType, setAuditType] = useState<AuditType>()
  const [view, setView] = useState<'list' | 'calendar' | 'league' | 'plans'>('list')
  if (!viewer.can('checklists.read')) return <NoPermission />
  const asked = {
    organizationId: viewer.organizationId,
    ...(locationId && { locationId }),
    ...(auditType && { auditType }),
  }
  return (
    <>
      <PageHeader
        title={t('screen.title')}
        text={t('screen.text')}
        actions={
          <>
            {viewer.can('imports.run') && (
              <ButtonLink href="/audits/import">
                <FileUp aria-hidden />
                {t('screen.import')}
              </ButtonLink>
            )}
            <a href={`/api/v1/audits.csv?${new URLSearchParams(asked)}`} download className={buttonClass()}>
              <FileDown aria-hidden />
              {t('screen.csv')}
            </a>
          </>
        }
      />
      <Tabs
        label={t('screen.title')}
        tabs={[
          { id: 'list', label: t('screen.list') },
          { id: 'calendar', label: t('screen.calendar') },
          { id: 'league', label: t('screen.league') },
          ...(viewer.can('haccp.read', locationId) ? [{ id: 'plans' as const, label: t('screen.plans') }] : []),
        ]}
        value={view}
        onChange={setView}
      >
        <div className="mt-4 grid gap-3">
          {view === 'calendar' && calendar}
          {view === 'plans' && <Suspense fallback={<SkeletonRows className="p-5" />}>{plans}</Suspense>}
          {view !== 'calendar' && view !== 'plans' && (
            <div className="flex flex-wrap items-end justify-between gap-3">
              <Field label={t('screen.type')} className="w-full max-w-xs">
                <Select
                  value={auditType ?? ''}
                  onChange={(event) => setAuditType((event.target.value || undefined) as AuditType | undefined)}
                >
                  <option value="">{t('screen.allTypes')}</option>
                  {TYPES.map((type) => (
                    <option key={type} value={type}>
                      {t(`types.${type}`)}
                    </option>
                  ))}
                </Select>
              </Field>
              {view === 'list' && <PickTwo picked={picked} onPicked={setPicked} />}
            </div>
          )}
          {view === 'list' && <Audits asked={{ locationId, auditType }} picked={picked} onPicked={setPicked} />}
          {view === 'league' && <League auditType={auditType} />}
        </div>
      </Tabs>
    </>
  )
}

function Audits({ asked, ...picking }: { asked: AuditsAsked } & Picking) {
  const t = useTranslations('audits.screen')
  const here = useAudits(asked)
  const others = useImported(asked)
  if (here.isPending || others.isPending) return <SkeletonRows className="p-5" />
  if (here.isError && !here.data) return <ErrorState error={here.error} onRetry={() => void here.refetch()} />
  if (others.isError && !others.data) return <ErrorState error={others.error} onRetry={() => void others.refetch()} />
  const audits = together(
    { items: here.data.pages.flatMap(({ items }) => items), hasMore: here.hasNextPage },
    { items: others.data.pages.flatMap(({ items }) => items), hasMore: others.hasNextPage },
  )
  const older = [here, others].filter(({ hasNextPage }) => hasNextPage)
  if (audits.length === 0) {
    return (
      <Card>
        <EmptyState icon={<ClipboardCheck aria-hidden />} title={t('none')}>
          {t('noneText')}
        </EmptyState>
      </Card>
    )
  }
  return (
    <Card>
      <ul className="divide-y divide-line">
        {audits.map((one) =>
          'done' in one ? (
            <AuditRow key={one.done.id} audit={one.done} {...picking} />
          ) : (
            <ImportedRow key={one.imported.id} audit={one.imported} />
          ),
        )}
      </ul>
      {older.length > 0 && (
        <div className="border-t border-line p-3 text-center">
          <Button
            look="quiet"
            busy={older.some(({ isFetchingNextPage }) => isFetchingNextPage)}
            onClick={() => older.forEach(({ fetchNextPage }) => void fetchNextPage())}
          >
            {t('older')}
          </Button>
        </div>
      )}
    </Card>
  )
}

function AuditRow({ audit, ...picking }: { audit: Audit } & Picking) {
  const t = useTranslations('audits')
  const format = useFormatter()
  const { locations } = useViewer()
  const { figure, beside } = useScoreWords()
  const day = format.dateTime(new Date(`${audit.auditDate}T12:00:00Z`), { dateStyle: 'medium', timeZone: 'UTC' })
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 sm:px-5">
      <PickBox audit={audit} day={day} {...picking} />
      <div className="min-w-0 flex-1 basis-64">
        <Link
          href={`/checklists/record?id=${audit.checklistId}`}
          className="-my-1 inline-flex min-h-target items-center rounded text-[0.9375rem] leading-snug font-medium text-pretty hover:underline"
        >
          {audit.name}
        </Link>
        <p className="dotted flex flex-wrap text-sm text-ink-muted">
          <span>{locations.find(({ id }) => id === audit.locationId)?.name}</span>
          <span>{day}</span>
          <span>{t(`types.${audit.auditType}`)}</span>
          {audit.scoredBy && <span>{audit.scoredBy.name}</span>}
        </p>
      </div>
      <p className="tabular-nums sm:text-end">
        <bdi dir="ltr" className="text-lg font-semibold">
          {figure(audit.score)}
        </bdi>
        {beside(audit.score) && <span className="block text-sm text-ink-muted">{beside(audit.score)}</span>}
      </p>
      <span className="sm:min-w-32">
        <StatusBadge tone={toneOf(audit.score)}>{t(`status.${audit.status}`)}</StatusBadge>
      </span>
    </li>
  )
}
