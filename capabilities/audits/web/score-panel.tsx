'use client'
import { Button, Link, StatusBadge } from '@opsflow/platform/web'
import { type ReactNode, useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import type { Audit } from '../audit.ts'
import { isRepeated } from '../before.ts'
import { useAuditBefore } from '../client/index.ts'
import type { Score, ScoreCost } from '../score.ts'
import { compareHref } from './pick-two.tsx'
import { toneOf, useScoreWords } from './score-words.ts'

const SHOWN = 8

/** A score that explains itself: what it is, which answers cost what and did so last time, section by section. */
export function ScorePanel({
  score,
  audit,
  timeZone,
}: {
  score: Score
  /** As the server keeps it. Undefined: `score` is what this device computes for now. */
  audit: Audit | undefined
  timeZone: string | undefined
}) {
  const t = useTranslations('audits')
  const earlier = useAuditBefore(audit) ?? null
  const { figure, beside } = useScoreWords()
  const outcome = score.outcome
  return (
    <section
      aria-label={t('score')}
      className="grid gap-5 rounded-xl border border-line bg-surface p-4 shadow-card sm:p-5 print:shadow-none"
    >
      <header className="grid gap-1.5">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <h2 className="text-[0.9375rem] font-semibold tracking-[-0.01em]">{t('score')}</h2>
          <StatusBadge tone={toneOf(score)}>{t(`status.${score.status}`)}</StatusBadge>
        </div>
        <p className="flex flex-wrap items-baseline gap-x-3">
          <bdi dir="ltr" className="text-3xl font-semibold tracking-[-0.02em] tabular-nums">
            {figure(score)}
          </bdi>
          {beside(score) && <span className="text-ink-muted tabular-nums">{beside(score)}</span>}
        </p>
        {score.status === 'not_scored' && <p>{t('notScoredText')}</p>}
        {outcome && t.has(`outcomes.${outcome}` as 'outcomes.compliant') && (
          <p>{t(`outcomes.${outcome}` as 'outcomes.compliant')}</p>
        )}
        <p className="text-sm text-ink-muted">
          {t(`schemes.${score.scheme}`)} · {score.grade !== null && `${t('computedGrade')} `}
          {audit ? t('kept') : t('pending')}
        </p>
        {earlier && <Earlier audit={earlier} than={audit} />}
      </header>
      {score.failedCritical.length > 0 && (
        <Group title={t('critical')}>
          <ul className="grid gap-1">
            {score.failedCritical.map(({ itemId, entryId, label }) => (
              <li key={`${itemId} ${entryId}`} className="font-medium text-danger">
                {label}
              </li>
            ))}
          </ul>
        </Group>
      )}
      {score.status !== 'not_scored' && <Costs score={score} earlier={earlier} timeZone={timeZone} />}
      <Sections sections={score.sections} />
    </section>
  )
}

/** The visit before, to lay beside it. */
function Earlier({ audit, than }: { audit: Audit; than: Audit | undefined }) {
  const t = useTranslations('audits')
  const format = useFormatter()
  const { figure } = useScoreWords()
  const day = format.dateTime(new Date(`${audit.auditDate}T12:00:00Z`), { dateStyle: 'medium', timeZone: 'UTC' })
  return (
    <p className="flex flex-wrap gap-x-4 text-sm">
      <Link
        href={`/checklists/record?id=${audit.checklistId}`}
        className="inline-flex min-h-target items-center rounded underline underline-offset-2 print:no-underline"
      >
        {t('before', { score: figure(audit.score), day })}
      </Link>
      {than && (
        <Link
          href={compareHref(audit, than)}
          className="inline-flex min-h-target items-center rounded underline underline-offset-2 print:hidden"
        >
          {t('compare')}
        </Link>
      )}
    </p>
  )
}

function Costs({ score, earlier, timeZone }: { score: Score; earlier: Audit | null; timeZone: string | undefined }) {
  const t = useTranslations('audits')
  const format = useFormatter()
  const [isWhole, setIsWhole] = useState(false)
  const shown = isWhole ? score.costs : score.costs.slice(0, SHOWN)
  const rest = score.costs.length - shown.length
  return (
    <Group title={t('costs')}>
      {score.costs.length + score.surcharges.length === 0 && <p className="text-ink-muted">{t('costsNothing')}</p>}
      <ul className="divide-y divide-line">
        {shown.map((cost) => (
          <CostRow
            key={`${cost.itemId} ${cost.entryId}`}
            cost={cost}
            scheme={score.scheme}
            isAgain={isRepeated(cost, earlier)}
            timeZone={timeZone}
          />
        ))}
        {score.surcharges.map((one) => (
          <li key={one.for} className="flex items-baseline justify-between gap-4 py-2">
            <span>
              {t.has(`surcharges.${one.for}` as 'surcharges.sewage')
                ? t(`surcharges.${one.for}` as 'surcharges.sewage')
                : one.for}
            </span>
            <Points points={one.points} scheme={score.scheme} />
          </li>
        ))}
      </ul>
      {rest > 0 && (
        <Button look="quiet" className="print:hidden" onClick={() => setIsWhole(true)}>
          {t('moreCosts', { count: rest })}
        </Button>
      )}
      {score.heldBack !== 0 && (
        <p className="text-sm text-ink-muted">{t('heldBack', { points: format.number(Math.abs(score.heldBack)) })}</p>
      )}
    </Group>
  )
}

function CostRow({
  cost,
  scheme,
  isAgain,
  timeZone,
}: {
  cost: ScoreCost
  scheme: Score['scheme']
  /** It was found last time too. */
  isAgain: boolean
  timeZone: string | undefined
}) {
  const t = useTranslations('audits')
  const due = useDue(timeZone)
  const said = [
    cost.as && t(`as.${cost.as}`),
    cost.points < 0 && t('bonus'),
    cost.correctedOnSite && t('correctedOnSite'),
    cost.due && t('dueAt', { time: due(cost.due) }),
  ].filter(Boolean)
  return (
    <li className="flex items-baseline justify-between gap-4 py-2">
      <span className="min-w-0 text-pretty">
        {cost.label}
        {isAgain && (
          <span className="ms-2 inline-block align-middle">
            <StatusBadge tone="warn">{t('again')}</StatusBadge>
          </span>
        )}
        {said.length > 0 && <span className="block text-sm text-ink-muted">{said.join(' · ')}</span>}
      </span>
      {scheme !== 'fda' && <Points points={cost.points} scheme={scheme} />}
    </li>
  )
}

/** In schemes that count upwards, points are against it; elsewhere they are taken from it. */
function Points({ points, scheme }: { points: number; scheme: Score['scheme'] }) {
  const format = useFormatter()
  const taken = scheme === 'nyc' || scheme === 'fhrs' ? points : -points
  return (
    <bdi dir="ltr" className="shrink-0 font-semibold tabular-nums">
      {format.number(taken, { signDisplay: 'exceptZero', maximumFractionDigits: 3 })}
    </bdi>
  )
}

function useDue(timeZone: string | undefined) {
  const format = useFormatter()
  return (due: NonNullable<ScoreCost['due']>) =>
    'by' in due
      ? format.dateTime(new Date(`${due.by}T12:00:00Z`), { dateStyle: 'medium', timeZone: 'UTC' })
      : format.dateTime(new Date(due.at), { dateStyle: 'medium', timeStyle: 'short', ...(timeZone && { timeZone }) })
}

/** Of more than one section; one alone says what the whole says. */
function Sections({ sections }: Pick<Score, 'sections'>) {
  const t = useTranslations('audits')
  const { percent } = useScoreWords()
  const format = useFormatter()
  const scored = sections.filter(({ max }) => max > 0)
  if (scored.length < 2) return null
  return (
    <Group title={t('sections')}>
      <ul className="divide-y divide-line">
        {scored.map(({ sectionId, entryId, label, score, max, percent: share }) => (
          <li
            key={`${sectionId} ${entryId}`}
            className={`flex items-baseline justify-between gap-4 py-2 ${entryId === null ? '' : 'ps-4'}`}
          >
            <span>{label || t('noTitle')}</span>
            <span className="flex shrink-0 gap-3 tabular-nums">
              <span className="text-ink-muted">
                {t('points', { points: format.number(score), max: format.number(max) })}
              </span>
              <bdi dir="ltr" className="font-semibold">
                {share === null ? '' : percent(share)}
              </bdi>
            </span>
          </li>
        ))}
      </ul>
    </Group>
  )
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="grid gap-1">
      <h3 className="text-sm font-medium text-ink-muted">{title}</h3>
      {children}
    </div>
  )
}
