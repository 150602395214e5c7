'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { ErrorState, PageHeader, Panel, PhotoStrip, SkeletonRows, StatusBadge } from '@opsflow/platform/web'
import type { ReactNode } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { useImportedAudit } from '../client/index.ts'
import type { WholeImportedAudit } from '../imported.ts'
import { useImportedWords } from './imported-words.ts'

/** One audit that others did: as given, what our rules come to beside it, and where it comes from. */
export function ImportedScreen({ id }: { id: string }) {
  const t = useTranslations('audits.imported')
  const { data, error, isError, refetch } = useImportedAudit(id)
  const { locations } = useViewer()
  const format = useFormatter()
  if (isError) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <SkeletonRows />
  const day = format.dateTime(new Date(`${data.auditDate}T12:00:00Z`), { dateStyle: 'long', timeZone: 'UTC' })
  const where = locations.find((location) => location.id === data.locationId)?.name ?? ''
  return (
    <>
      <PageHeader
        title={data.name}
        text={`${[where, day, t(`sources.${data.source}`)].filter(Boolean).join(' · ')}. ${t('text')}`}
        actions={
          <div>
            <StatusBadge tone="info">{t('mark')}</StatusBadge>
          </div>
        }
      />
      <div className="grid grid-cols-1 gap-4 lg:grid-cols-2 lg:gap-5">
        <Given audit={data} />
        <Beside audit={data} />
        <Panel title={t('findings')} className="lg:col-span-2">
          {data.findings.length === 0 ? <p className="text-ink-muted">{t('noFindings')}</p> : <Findings audit={data} />}
        </Panel>
        {data.answers.length > 0 && <Answers audit={data} />}
        <Origin audit={data} />
      </div>
    </>
  )
}

function Given({ audit }: { audit: WholeImportedAudit }) {
  const t = useTranslations('audits.imported')
  const format = useFormatter()
  const { percent } = useImportedWords()
  const { score, max } = audit
  const points = score === null ? null : max === null ? format.number(score) : t('ofMax', { points: score, max })
  return (
    <Panel title={t('given')}>
      <Facts
        facts={[
          [t('result'), audit.result],
          [t('postedGrade'), audit.grade],
          [t('score'), points],
          [t('percent'), audit.percent === null ? null : percent(audit.percent)],
          [t('statedBy'), audit.statedBy],
          [
            t('completedAt'),
            audit.completedAt &&
              format.dateTime(new Date(audit.completedAt), { dateStyle: 'medium', timeStyle: 'short' }),
          ],
          [t('place'), [audit.place.name, audit.place.licence, audit.place.address].filter(Boolean).join(' · ')],
        ]}
      />
    </Panel>
  )
}

function Beside({ audit: { computed } }: { audit: WholeImportedAudit }) {
  const t = useTranslations('audits.imported')
  const { percent } = useImportedWords()
  const { grade, points, max, percent: of, disagrees } = computed
  const isNothing = grade === null && of === null
  return (
    <Panel
      title={t('beside')}
      hint={t('besideText')}
      actions={disagrees && <StatusBadge tone="warn">{t('disagrees')}</StatusBadge>}
    >
      {isNothing ? (
        <p className="text-ink-muted">{t('none')}</p>
      ) : (
        <Facts
          facts={[
            [t('grade'), grade],
            [t('score'), points === null ? null : max === null ? `${points}` : t('ofMax', { points, max })],
            [t('percent'), of === null ? null : percent(of)],
          ]}
        />
      )}
    </Panel>
  )
}

function Findings({ audit: { findings } }: { audit: WholeImportedAudit }) {
  const t = useTranslations('audits.imported')
  return (
    <ul className="divide-y divide-line">
      {findings.map(({ code, text, isCritical }, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what was given has no id and never changes
        <li key={n} className="py-2.5 text-[0.9375rem] leading-snug wrap-anywhere whitespace-pre-wrap">
          {isCritical && (
            <span className="me-2">
              <StatusBadge tone="warn">{t('findingCritical')}</StatusBadge>
            </span>
          )}
          {code && !text.startsWith(code) && <span className="me-2 font-semibold">{code}</span>}
          {text}
        </li>
      ))}
    </ul>
  )
}

function Answers({ audit: { answers, photos, source } }: { audit: WholeImportedAudit }) {
  const t = useTranslations('audits.imported')
  return (
    <Panel title={t('answers')} className="lg:col-span-2">
      <ul className="divide-y divide-line">
        {answers.map(({ section, label, answer, note, score, max, fails, leftOut }, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what was given has no id and never changes
          <li key={n} className="flex flex-wrap items-baseline gap-x-4 gap-y-1 py-2.5">
            <span className="min-w-0 flex-1 basis-64">
              {section && section !== answers[n - 1]?.section && (
                <span className="block pb-1 text-sm font-semibold text-ink-muted">{section}</span>
              )}
              <span className="text-[0.9375rem] leading-snug wrap-anywhere">{label}</span>
              {note && <span className="block text-sm text-ink-muted wrap-anywhere">{note}</span>}
              <AnswerPhotos photos={photos.filter((one) => one.answer === n)} source={source} />
            </span>
            <span className="text-[0.9375rem] font-medium wrap-anywhere">{answer || '–'}</span>
            <span className="min-w-16 text-end text-sm text-ink-muted tabular-nums">
              {leftOut ? t('leftOut') : max === null ? '' : t('ofMax', { points: score ?? 0, max })}
            </span>
            {fails && <StatusBadge tone="danger">{t('fails')}</StatusBadge>}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function AnswerPhotos({ photos, source }: Pick<WholeImportedAudit, 'photos' | 'source'>) {
  const t = useTranslations('audits.imported')
  const { organizationId } = useViewer()
  if (photos.length === 0) return null
  const alt = t('photo', { source: t(`sources.${source}`) })
  const shown = photos.map(({ fileId }) => ({ id: fileId, organizationId, hasArrived: true, isWaived: false, alt }))
  return (
    <span className="mt-2 block">
      <PhotoStrip label={t('photos')} photos={shown} />
    </span>
  )
}

function Origin({ audit }: { audit: WholeImportedAudit }) {
  const t = useTranslations('audits.imported')
  const format = useFormatter()
  const at = format.dateTime(new Date(audit.importedAt), { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <>
      <Panel title={t('origin')} className={Object.keys(audit.columns).length === 0 ? 'lg:col-span-2' : ''}>
        <Facts
          facts={[
            [t('sourceId'), audit.sourceId],
            [t('file'), audit.file.name],
            [t('imported'), [at, audit.importedBy?.name].filter(Boolean).join(' · ')],
            [
              t('digest'),
              <code key="d" className="text-xs wrap-anywhere">
                {audit.digest}
              </code>,
            ],
            [
              t('fileDigest'),
              <code key="f" className="text-xs wrap-anywhere">
                {audit.file.sha256}
              </code>,
            ],
          ]}
        />
      </Panel>
      {Object.keys(audit.columns).length > 0 && (
        <Panel title={t('columns')}>
          <Facts facts={Object.entries(audit.columns)} />
        </Panel>
      )}
    </>
  )
}

function Facts({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="grid gap-2.5">
      {facts
        .filter(([, value]) => value !== null && value !== '')
        .map(([name, value]) => (
          <div key={name} className="grid gap-x-4 sm:grid-cols-[10rem_1fr]">
            <dt className="text-sm text-ink-muted">{name}</dt>
            <dd className="text-[0.9375rem] leading-snug wrap-anywhere">{value}</dd>
          </div>
        ))}
    </dl>
  )
}
