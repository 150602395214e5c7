'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import {
  Button,
  buttonClass,
  ErrorState,
  PageHeader,
  Panel,
  SkeletonRows,
  StatusBadge,
  type Tone,
} from '@opsflow/platform/web'
import { FileDown, PenLine, Printer } from 'lucide-react'
import { useFormatter, useLocale, useTranslations } from 'use-intl'
import { useRevision, useSignAlso } from '../client/index.ts'
import type { HaccpRevision } from '../haccp-plan.ts'
import { useDay } from './days.ts'
import { PlanSheet } from './plan-sheet.tsx'
import { RefusalText } from './refusal-text.tsx'

/** A plan as it was signed: nothing here can be changed, only signed by others. */
export function RevisionScreen({ id }: { id: string }) {
  const revision = useRevision(id)
  if (revision.isPending) return <SkeletonRows />
  if (revision.isError) return <ErrorState error={revision.error} onRetry={() => void revision.refetch()} />
  return <Revision revision={revision.data} />
}

function Revision({ revision }: { revision: HaccpRevision }) {
  const t = useTranslations('haccp.revision')
  const day = useDay()
  const { organizationId } = useViewer()
  const language = useLocale() === 'es' ? 'es' : 'en'
  const { name, number, shown, isInForce, reviewDue, planId } = revision
  return (
    <>
      <PageHeader
        title={`${name} · ${t('number', { number })}`}
        text={[shown.location, reviewDue && t('reviewBy', { day: day(reviewDue) })].filter(Boolean).join(' · ')}
        back={{ href: `/audits/haccp/plan?id=${planId}`, label: t('back') }}
        actions={
          <>
            <a
              href={`/api/v1/haccp-revisions/${revision.id}/plan.pdf?${new URLSearchParams({ organizationId, language })}`}
              download
              className={buttonClass('secondary', 'print:hidden')}
            >
              <FileDown aria-hidden />
              {t('pdf')}
            </a>
            <Button className="print:hidden" onClick={() => window.print()}>
              <Printer aria-hidden />
              {t('print')}
            </Button>
          </>
        }
      />
      <p className="mb-4">
        <StatusBadge tone={isInForce ? 'ok' : 'neutral'}>{t(isInForce ? 'isInForce' : 'isOld')}</StatusBadge>
      </p>
      <div className="grid gap-6">
        <Signatures revision={revision} />
        <Differences revision={revision} />
        <PlanSheet content={revision.content} shown={shown} />
      </div>
    </>
  )
}

function Signatures({ revision }: { revision: HaccpRevision }) {
  const t = useTranslations('haccp.revision')
  const format = useFormatter()
  const { can, memberId } = useViewer()
  const { id, signatures, digest, isInForce, locationId } = revision
  const sign = useSignAlso(id)
  const hasSigned = signatures.some(({ by, meaning }) => by?.id === memberId && meaning !== 'reviewed')
  const maySign = isInForce && can('haccp.sign', locationId)
  const give = (meaning: 'agreed' | 'reviewed') => sign.mutate({ meaning, digest, comment: '' })
  return (
    <Panel title={t('signatures')}>
      <ul className="grid gap-2">
        {signatures.map((one) => (
          <li key={one.id} className="dotted flex flex-wrap text-[0.9375rem]">
            <strong className="font-semibold">{one.by?.name ?? 'OpsFlow'}</strong>
            <span>{t(`meanings.${one.meaning}`)}</span>
            <span className="text-ink-muted">
              {format.dateTime(new Date(one.signedAt), { dateStyle: 'long', timeStyle: 'short' })}
            </span>
            {one.comment && <span className="text-ink-muted">{one.comment}</span>}
          </li>
        ))}
      </ul>
      <p className="mt-3 text-sm text-ink-muted">
        {t('digest')} <span className="font-mono text-xs break-all">{digest}</span>
      </p>
      {sign.error && (
        <div className="mt-3">
          <RefusalText error={sign.error} />
        </div>
      )}
      {maySign && (
        <div className="mt-4 flex flex-wrap gap-2 print:hidden">
          {!hasSigned && (
            <Button busy={sign.isPending} onClick={() => give('agreed')}>
              <PenLine aria-hidden />
              {t('agree')}
            </Button>
          )}
          <Button busy={sign.isPending} onClick={() => give('reviewed')}>
            <PenLine aria-hidden />
            {t('review')}
          </Button>
        </div>
      )}
    </Panel>
  )
}

const TONES: Record<'added' | 'removed' | 'changed', Tone> = { added: 'ok', removed: 'danger', changed: 'info' }

/** What this revision says otherwise than the one before. */
function Differences({ revision: { before } }: { revision: HaccpRevision }) {
  const t = useTranslations('haccp')
  if (!before) return null
  return (
    <Panel title={t('revision.differences', { number: before.number })}>
      {before.differences.length === 0 ? (
        <p className="text-sm text-ink-muted">{t('revision.noDifferences')}</p>
      ) : (
        <ul className="grid gap-2">
          {before.differences.map(({ part, change, name, fields }) => (
            <li
              key={`${part} ${change} ${name} ${fields}`}
              className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm"
            >
              <StatusBadge tone={TONES[change]}>{t(`changes.${change}`)}</StatusBadge>
              <span className="text-ink-muted">{t(`parts.${part}`)}</span>
              <span className="font-medium">{name}</span>
              {fields.length > 0 && (
                <span className="text-ink-muted">
                  {fields.map((field) => t(`changed.${field as 'name'}`)).join(', ')}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
