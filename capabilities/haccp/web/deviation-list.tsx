import { Button, Link, StatusBadge, type Tone } from '@opsflow/platform/web'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import type { Deviation } from '../haccp-plan.ts'

const FIRST = 4
const TONES: Record<Deviation['acted'], Tone> = { nothing: 'danger', open: 'warn', done: 'info', verified: 'ok' }

/** Where the record of it is. */
export function recordPath({ kind, id }: Deviation['record']): string {
  const page = {
    corrective_action: '/corrective-actions/one',
    finding: '/findings/one',
    task: '/tasks/one',
    process: '/processes/one',
    checklist: '/checklists/record',
    unit: '/temperature/unit',
  }[kind]
  return `${page}?id=${id}`
}

/** What nobody has finished with first; a few of them, and the rest by a touch. */
export function DeviationList({ items, count }: { items: readonly Deviation[]; count: number }) {
  const t = useTranslations('haccp.live')
  const [all, setAll] = useState(false)
  const shown = all ? items : items.slice(0, FIRST)
  return (
    <>
      <ul className="divide-y divide-line">
        {shown.map((one) => (
          <Row key={`${one.kind} ${one.id}`} one={one} />
        ))}
      </ul>
      {!all && items.length > FIRST && (
        <Button look="quiet" className="-mx-3" onClick={() => setAll(true)}>
          {t('more', { count: items.length - FIRST })}
        </Button>
      )}
      {all && count > items.length && (
        <p className="py-2 text-sm text-ink-muted">{t('atMost', { count: items.length })}</p>
      )}
    </>
  )
}

function Row({ one }: { one: Deviation }) {
  const t = useTranslations('haccp')
  const format = useFormatter()
  const at = (instant: string) => format.dateTime(new Date(instant), { dateStyle: 'medium', timeStyle: 'short' })
  // Of a food that failed the value is why.
  const value = one.kind === 'process' ? t(`failures.${one.value as 'stage1_not_proven'}`) : one.value
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
      <div className="min-w-0 flex-1 basis-40">
        <Link
          href={recordPath(one.record)}
          className="inline-flex min-h-target items-center text-[0.9375rem] leading-snug font-medium hover:underline"
        >
          {one.what}
        </Link>
        <p className="dotted flex flex-wrap text-sm text-ink-muted">
          {value && <span>{value}</span>}
          <span>{one.until ? t('live.span', { from: at(one.at), to: at(one.until) }) : at(one.at)}</span>
        </p>
      </div>
      <div className="flex flex-wrap items-center gap-x-3">
        {one.action && (
          <Link
            href={recordPath(one.action)}
            className="-my-2 inline-flex min-h-target items-center text-sm underline underline-offset-2"
          >
            {t(`live.actions.${one.action.kind}`)}
          </Link>
        )}
        <StatusBadge tone={TONES[one.acted]}>{t(`live.acted.${one.acted}`)}</StatusBadge>
      </div>
    </li>
  )
}
