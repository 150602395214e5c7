'use client'
import { useSyncStatus } from '@opsflow/platform/client/sync/use-replica'
import { useViewer } from '@opsflow/platform/client/viewer'
import { EmptyState, Link, SkeletonRows, StatusBadge, useClock } from '@opsflow/platform/web'
import { ListChecks } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useDaysHere } from '../../client/index.ts'
import { overviewHref } from './params.ts'
import { byTrouble, PlaceName, Progress, totalOf } from './place-day.tsx'

/** Today’s checklists, a line for each of the places with most trouble; the rest is in the overview. */
export function DaysHere({ locationId, most }: { locationId: string | undefined; most: number }) {
  const t = useTranslations('overview.now')
  const viewer = useViewer()
  const { isReady } = useSyncStatus()
  const days = useDaysHere(useClock())
    .filter(({ id }) => (locationId === undefined || id === locationId) && viewer.can('checklists.read', id))
    .filter((place) => totalOf(place) > 0)
    .sort(byTrouble)
  if (!isReady) return <SkeletonRows rows={3} />
  if (days.length === 0) return <EmptyState compact icon={<ListChecks aria-hidden />} title={t('empty')} />
  return (
    <ul className="divide-y divide-line">
      {days.slice(0, most).map((place) => (
        <li key={place.id} className="grid gap-x-4 px-4 py-2 sm:grid-cols-[1fr_auto] sm:px-5">
          <PlaceName place={place} />
          <span className="flex items-center gap-3">
            <span className="w-44">
              <Progress place={place} />
            </span>
            <Late id={place.id} count={place.counts.late} />
          </span>
        </li>
      ))}
    </ul>
  )
}

function Late({ id, count }: { id: string; count: number }) {
  const t = useTranslations('overview.now')
  if (count === 0) return <span className="min-w-20 max-sm:hidden" />
  return (
    <Link
      href={overviewHref({ view: 'late', location: id })}
      className="inline-flex min-h-target min-w-20 items-center hover:underline"
    >
      <StatusBadge tone="warn">{t('some', { count, what: t('late') })}</StatusBadge>
    </Link>
  )
}
