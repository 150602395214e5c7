'use client'
import { Link } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import type { DayHere } from '../../client/index.ts'
import { doneOf } from '../../outcome.ts'
import { overviewHref } from './params.ts'

/** Leads to its week. */
export function PlaceName({ place }: { place: DayHere }) {
  return (
    <Link
      href={overviewHref({ view: 'week', location: place.id })}
      className="inline-flex min-h-target items-center font-semibold hover:text-accent-ink hover:underline"
    >
      {place.name}
    </Link>
  )
}

export function Progress({ place }: { place: DayHere }) {
  const t = useTranslations('overview.now')
  const [done, all] = [doneOf(place.counts), totalOf(place)]
  return (
    <span className="flex items-center gap-3">
      <span aria-hidden className="h-2 min-w-16 flex-1 overflow-hidden rounded-full bg-sunken md:max-w-40">
        <span className="block h-full rounded-full bg-ok" style={{ width: `${all === 0 ? 0 : (done / all) * 100}%` }} />
      </span>
      <span className="text-sm whitespace-nowrap tabular-nums">{t('of', { done, all })}</span>
    </span>
  )
}

export const totalOf = ({ counts, later }: DayHere) =>
  doneOf(counts) + counts.missed + counts.excused + counts.late + counts.open + later

export const byTrouble = (one: DayHere, other: DayHere) =>
  trouble(other) - trouble(one) || one.name.localeCompare(other.name)
const trouble = ({ counts }: DayHere) => counts.late * 100 + counts.missed * 10 + counts.open / 1000
