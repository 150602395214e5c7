'use client'
import { type Audit, type Change, type Compared, compareVisits, countChanges } from '@opsflow/capabilities/audits'
import { useAuditOf } from '@opsflow/capabilities/audits/client'
import { auditsMessages, toneOf, useScoreWords } from '@opsflow/capabilities/audits/web'
import { useViewer } from '@opsflow/platform/client/viewer'
import {
  Card,
  EmptyState,
  ErrorState,
  Link,
  MoreWords,
  PageHeader,
  SkeletonRows,
  StatusBadge,
  Tabs,
  type Tone,
} from '@opsflow/platform/web'
import { Equal } from 'lucide-react'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { useRecord } from '../../client/index.ts'
import { marksOf } from '../../score-of.ts'
import { stepsOf } from '../../steps.ts'
import { unitsAnswered } from '../../units-answered.ts'
import { ValueText } from '../doing/value-text.tsx'
import { visitsMessages } from './messages.ts'

/** Two audits of one template, perhaps of different versions or places: what got better and worse, what is new and gone. */
export default function CompareScreen(props: { one: string; other: string }) {
  return (
    <MoreWords of={auditsMessages}>
      <MoreWords of={visitsMessages}>
        <Compare {...props} />
      </MoreWords>
    </MoreWords>
  )
}

type Recorded = NonNullable<ReturnType<typeof useRecord>['data']>
type Visit = Recorded & { audit: Audit }
type Marked = ReturnType<typeof marksIn>[number]
type Row = Compared<Marked>

function Compare({ one, other }: { one: string; other: string }) {
  const t = useTranslations('visits.compare')
  const [a, b] = [useRecord(one, true), useRecord(other, true)]
  const [auditA, auditB] = [useAuditOf(one, true), useAuditOf(other, true)]
  const failed = [a, b, auditA, auditB].find(({ isError }) => isError)
  if (failed) return <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />
  if (!a.data || !b.data || auditA.data === undefined || auditB.data === undefined) return <SkeletonRows rows={8} />
  if (auditA.data === null || auditB.data === null) return <Sorry text={t('notAudits')} />
  if (auditA.data.templateId !== auditB.data.templateId) return <Sorry text={t('otherTemplate')} />
  const visits = [
    { ...a.data, audit: auditA.data },
    { ...b.data, audit: auditB.data },
  ].sort((x, y) => Date.parse(x.audit.scoredAt) - Date.parse(y.audit.scoredAt))
  return <SideBySide earlier={visits[0] as Visit} later={visits[1] as Visit} />
}

function Sorry({ text }: { text: string }) {
  return (
    <Card>
      <EmptyState icon={<Equal aria-hidden />} title={text} />
    </Card>
  )
}

function SideBySide({ earlier, later }: { earlier: Visit; later: Visit }) {
  const t = useTranslations('visits.compare')
  const [view, setView] = useState<'changed' | 'all'>('changed')
  const rows = compareVisits(visitOf(earlier), visitOf(later))
  const counts = countChanges(rows)
  const shown = view === 'all' ? rows : rows.filter(({ change }) => change !== 'same')
  const hints = [
    earlier.audit.version !== later.audit.version && t('otherVersion'),
    earlier.audit.locationId !== later.audit.locationId && t('otherPlace'),
  ].filter(Boolean)
  return (
    <div className="mx-auto grid w-full max-w-5xl gap-5">
      <PageHeader title={later.audit.name} text={t('text')} />
      <div className="grid gap-3 sm:grid-cols-2">
        <VisitCard title={t('earlier')} visit={earlier} />
        <VisitCard title={t('later')} visit={later} />
      </div>
      {hints.length > 0 && <p className="text-sm text-ink-muted">{hints.join(' ')}</p>}
      <ul className="flex flex-wrap gap-2">
        {ORDER.filter((change) => counts[change] > 0).map((change) => (
          <li key={change}>
            <StatusBadge tone={tones[change]}>
              {t(`changes.${change}`)} · {counts[change]}
            </StatusBadge>
          </li>
        ))}
      </ul>
      <Tabs
        label={t('title')}
        tabs={[
          { id: 'changed', label: t('changed') },
          { id: 'all', label: t('all') },
        ]}
        value={view}
        onChange={setView}
      >
        <div className="mt-4 grid gap-5">
          {shown.length === 0 ? (
            <Card>
              <EmptyState icon={<Equal aria-hidden />} title={t('nothingChanged')}>
                {t('nothingChangedText')}
              </EmptyState>
            </Card>
          ) : (
            sectionsIn(shown).map(([title, its]) => <Section key={title} title={title} rows={its} />)
          )}
        </div>
      </Tabs>
    </div>
  )
}

function VisitCard({ title, visit: { audit } }: { title: string; visit: Visit }) {
  const t = useTranslations('visits.compare')
  const words = useTranslations('audits')
  const format = useFormatter()
  const { figure, beside } = useScoreWords()
  const place = useViewer().locations.find(({ id }) => id === audit.locationId)
  const day = format.dateTime(new Date(`${audit.auditDate}T12:00:00Z`), { dateStyle: 'medium', timeZone: 'UTC' })
  return (
    <Card className="grid gap-1.5 p-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="text-sm font-medium text-ink-muted">{title}</h2>
        <StatusBadge tone={toneOf(audit.score)}>{words(`status.${audit.status}`)}</StatusBadge>
      </div>
      <p className="flex flex-wrap items-baseline gap-x-3">
        <bdi dir="ltr" className="text-2xl font-semibold tracking-[-0.02em] tabular-nums">
          {figure(audit.score)}
        </bdi>
        {beside(audit.score) && <span className="text-ink-muted tabular-nums">{beside(audit.score)}</span>}
      </p>
      <p className="dotted flex flex-wrap text-sm text-ink-muted">
        <span>{day}</span>
        <span>{place?.name}</span>
        <span>{audit.scoredBy?.name ?? t('someone')}</span>
        <span>{t('version', { version: audit.version })}</span>
      </p>
      <Link
        href={`/checklists/record?id=${audit.checklistId}`}
        className="inline-flex min-h-target items-center justify-self-start rounded text-sm underline underline-offset-2"
      >
        {t('record')}
      </Link>
    </Card>
  )
}

function Section({ title, rows }: { title: string; rows: readonly Row[] }) {
  const t = useTranslations('visits.compare')
  return (
    <Card className="overflow-hidden">
      <table className="w-full text-[0.9375rem]">
        <caption className="px-4 pt-3 pb-2 text-start font-semibold">{title}</caption>
        <thead className="max-sm:sr-only">
          <tr className="border-b border-line text-sm text-ink-muted">
            <Head>{t('item')}</Head>
            <Head>{t('earlier')}</Head>
            <Head>{t('later')}</Head>
            <Head>{t('change')}</Head>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.map((row) => (
            <ItemRow key={keyOf(row)} row={row} />
          ))}
        </tbody>
      </table>
    </Card>
  )
}

const Head = ({ children }: { children: string }) => (
  <th scope="col" className="px-4 py-2 text-start font-medium">
    {children}
  </th>
)

function ItemRow({ row: { change, earlier, later } }: { row: Row }) {
  const t = useTranslations('visits.compare')
  const mark = later ?? earlier
  return (
    <tr className="max-sm:grid max-sm:grid-cols-2 max-sm:gap-x-4 max-sm:py-2">
      <th scope="row" className="px-4 py-2 text-start align-top font-normal text-pretty max-sm:col-span-2">
        {mark?.entryLabel && <span className="text-ink-muted">{mark.entryLabel} · </span>}
        {mark?.label}
      </th>
      <Said label={t('earlier')} mark={earlier} />
      <Said label={t('later')} mark={later} />
      <td className="px-4 py-2 align-top max-sm:col-span-2 sm:w-[20%]">
        <StatusBadge tone={tones[change]}>{t(`changes.${change}`)}</StatusBadge>
      </td>
    </tr>
  )
}

function Said({ label, mark }: { label: string; mark: Marked | null }) {
  const t = useTranslations('visits.compare')
  const format = useFormatter()
  const answer = mark?.step.answer
  return (
    <td className="px-4 py-2 align-top sm:w-[24%]">
      <span className="block text-xs text-ink-muted sm:sr-only">{label}</span>
      {mark === null ? (
        <span className="text-ink-muted">{t('notAsked')}</span>
      ) : (
        <>
          <span className={mark.says === 'fail' ? 'font-medium text-danger' : ''}>
            <ValueText item={mark.step.item} answer={answer ?? NOT_ANSWERED} />
          </span>
          {mark.points !== null && mark.best !== null && (
            <span className="block text-sm text-ink-muted tabular-nums">
              {t('points', { points: format.number(mark.points), best: format.number(mark.best) })}
            </span>
          )}
          {answer?.note && <span className="block text-sm text-ink-muted">{answer.note}</span>}
        </>
      )}
    </td>
  )
}

const NOT_ANSWERED = { value: null, outcome: 'cleared', photos: 0 } as const

const ORDER: readonly Change[] = ['worse', 'better', 'new', 'gone', 'open', 'same']
const tones: Record<Change, Tone> = {
  ...{ worse: 'danger', better: 'ok', new: 'info', gone: 'neutral', open: 'neutral', same: 'neutral' },
}

const visitOf = (visit: Visit) => ({ scheme: visit.audit.scheme, marks: marksIn(visit) })

/** By what had been answered when it was completed: what came later is in the record and changed no score. */
function marksIn({ form, answers: all, units, checklist }: Recorded) {
  const { scoring } = form.content
  if (!scoring) return []
  const end = checklist.completedAt === null ? Number.POSITIVE_INFINITY : Date.parse(checklist.completedAt)
  const answers = all.filter(({ answeredAt }) => Date.parse(answeredAt) <= end)
  const steps = stepsOf(form.content, answers, unitsAnswered(form.content, answers, units))
  return marksOf(scoring, steps, answers).map(({ step, mark }) => ({ ...mark, step }))
}

function sectionsIn(rows: readonly Row[]): [string, Row[]][] {
  const sections = new Map<string, Row[]>()
  for (const row of rows) {
    const title = (row.later ?? row.earlier)?.sectionLabel ?? ''
    sections.set(title, [...(sections.get(title) ?? []), row])
  }
  return [...sections]
}

const keyOf = ({ earlier, later }: Row) => `${earlier?.itemId} ${earlier?.entryId} ${later?.itemId} ${later?.entryId}`
