'use client'
import { StatusBadge } from '@opsflow/platform/web'
import { CircleCheck } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { PackCheck } from '../pack.ts'

const COUNTS = [
  'plans',
  'checklists',
  'audits',
  'units',
  'readings',
  'excursions',
  'deviations',
  'findings',
  'processes',
  'photos',
] as const

/** How much there is of what. */
export function WhatItHolds({ counts }: { counts: PackCheck['counts'] }) {
  const t = useTranslations('reports.counts')
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-3">
      {COUNTS.map((name) => (
        <div key={name} className="flex flex-col-reverse justify-end">
          <dt className="text-sm text-ink-muted">{t(name)}</dt>
          <dd className="text-xl font-semibold tabular-nums">{counts[name].toLocaleString()}</dd>
        </div>
      ))}
    </dl>
  )
}

/** What is missing, told as it stands in the file. */
export function WhatIsMissing({ gaps }: { gaps: PackCheck['gaps'] }) {
  const t = useTranslations('reports.gaps')
  if (gaps.length === 0) {
    return (
      <p className="flex items-center gap-2 text-[0.9375rem] font-medium">
        <CircleCheck aria-hidden className="size-5 text-ok" />
        {t('none')}
      </p>
    )
  }
  return (
    <ul className="grid gap-2">
      {gaps.map(({ kind, count }) => (
        <li key={kind} className="flex flex-wrap items-start gap-x-3 gap-y-1 text-[0.9375rem]">
          <StatusBadge tone="warn">{count.toLocaleString()}</StatusBadge>
          <span className="min-w-0 flex-1">{t(kind, { count })}</span>
        </li>
      ))}
    </ul>
  )
}
