'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, Link, RelativeTime } from '@opsflow/platform/web'
import { lazy, Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { ChecklistOutcome } from '../../view-routes.ts'
import { OutcomeBadge } from './outcome-mark.tsx'
import { useWords } from './use-words.ts'

const ExcuseDialog = lazy(() => import('./excuse-dialog.tsx'))

/** Checklists as they came out: what, where, when, who and why; each leads to its record. */
export function OutcomeList({ rows }: { rows: readonly ChecklistOutcome[] }) {
  const [excusing, setExcusing] = useState<ChecklistOutcome>()
  return (
    <>
      <ul className="divide-y divide-line">
        {rows.map((row) => (
          <Row key={row.id} row={row} onExcuse={() => setExcusing(row)} />
        ))}
      </ul>
      {excusing && (
        <Suspense>
          <ExcuseDialog row={excusing} onClose={() => setExcusing(undefined)} />
        </Suspense>
      )}
    </>
  )
}

function Row({ row, onExcuse }: { row: ChecklistOutcome; onExcuse: () => void }) {
  const t = useTranslations('overview')
  const words = useWords()
  const viewer = useViewer()
  const mayExcuse = row.outcome === 'missed' && viewer.can('checklists.manage', row.locationId)
  const mayTakeBack = row.outcome === 'excused' && viewer.can('checklists.manage', row.locationId)
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 sm:px-5">
      <div className="min-w-0 flex-1 basis-64">
        <Link
          href={recordHref(row, viewer.can('checklists.do', row.locationId))}
          className="-my-1 inline-block rounded py-1 text-[0.9375rem] leading-snug font-medium text-pretty hover:underline"
        >
          {row.name}
        </Link>
        <p className="dotted flex flex-wrap text-sm text-ink-muted">
          <span>{words.place(row.locationId)}</span>
          <span>{words.day(row.day)}</span>
          {row.dueAt && <span>{t('due', { time: words.time(row.dueAt, row.locationId) })}</span>}
          <span>{words.role(row.role, row.roleName)}</span>
          {row.completedAt ? (
            <span>
              {t('doneBy', {
                name: row.completedBy ?? t('someone'),
                time: words.moment(row.completedAt, row.locationId),
              })}
            </span>
          ) : (
            row.startedBy && <span>{t('begunBy', { name: row.startedBy })}</span>
          )}
          {row.outcome === 'late' && row.lateAt && (
            <span>{t.rich('lateSince', { time: () => <RelativeTime at={row.lateAt ?? ''} /> })}</span>
          )}
        </p>
        <Reason row={row} />
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <OutcomeBadge mark={row.outcome} />
        {(mayExcuse || mayTakeBack) && (
          <Button
            look="quiet"
            onClick={onExcuse}
            aria-label={`${t(mayExcuse ? 'excuse.open' : 'excuse.change')}: ${row.name}`}
          >
            {t(mayExcuse ? 'excuse.open' : 'excuse.change')}
          </Button>
        )}
      </div>
    </li>
  )
}

function Reason({ row: { excuse, reason, outcome } }: { row: ChecklistOutcome }) {
  const t = useTranslations('overview')
  if (excuse)
    return (
      <p className="mt-0.5 text-sm">
        {t('excusedBy', { name: excuse.by?.name ?? t('someone'), reason: excuse.reason })}
      </p>
    )
  if (reason) return <p className="mt-0.5 text-sm">{reason}</p>
  return outcome === 'missed' ? <p className="mt-0.5 text-sm text-ink-muted">{t('noReason')}</p> : null
}

/** What can still be done opens where it is done, by whoever may. */
export const recordHref = ({ id, outcome }: Pick<ChecklistOutcome, 'id' | 'outcome'>, mayDo: boolean) =>
  mayDo && (outcome === 'open' || outcome === 'late') ? `/checklists/do?id=${id}` : `/checklists/record?id=${id}`
