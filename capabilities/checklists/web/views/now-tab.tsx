'use client'
import { useSyncStatus } from '@opsflow/platform/client/sync/use-replica'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Card, EmptyState, Link, SkeletonRows, StatusShape, Table, Td, Th, Tr, useClock } from '@opsflow/platform/web'
import { ListChecks } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { type DayHere, useDaysHere } from '../../client/index.ts'
import { useGroupPlaces } from './group-places.ts'
import { nextDay, nodeIn, overviewHref, type Params, type TabProps } from './params.ts'
import { byTrouble, PlaceName, Progress, totalOf } from './place-day.tsx'

/** Today, one line a location, the worst first. From the local copy: it moves with every answer anyone gives. */
export function NowTab({ params, scopeId }: TabProps) {
  const t = useTranslations('overview.now')
  const viewer = useViewer()
  const { isReady } = useSyncStatus()
  const isIn = useGroupPlaces(nodeIn(params, scopeId))
  const days = useDaysHere(useClock())
    .filter(({ id }) => isIn(id) && viewer.can('checklists.read', id))
    .filter((place) => totalOf(place) > 0)
    .sort(byTrouble)
  // Counted from half a copy, a day looks worse or better than it is.
  if (!isReady) return <SkeletonRows rows={6} />
  if (days.length === 0) {
    return (
      <Card>
        <EmptyState compact icon={<ListChecks aria-hidden />} title={t('empty')}>
          {t('emptyText')}
        </EmptyState>
      </Card>
    )
  }
  return (
    <Card>
      <Places days={days} />
      <ul className="divide-y divide-line md:hidden">
        {days.map((place) => (
          <li key={place.id} className="grid gap-1.5 px-4 py-3">
            <PlaceName place={place} />
            <Progress place={place} />
            <p className="flex flex-wrap gap-x-4 text-sm">
              {COLUMNS.filter(({ of }) => of(place) > 0).map(({ name, of, outcome, from }) => (
                <Behind key={name} place={place} outcome={outcome} from={from}>
                  {t('some', { count: of(place), what: t(name) })}
                </Behind>
              ))}
              {place.later > 0 && (
                <span className="inline-flex min-h-target items-center text-ink-muted">
                  {t('some', { count: place.later, what: t('later') })}
                </span>
              )}
            </p>
          </li>
        ))}
      </ul>
    </Card>
  )
}

type Column = { name: 'late' | 'missed' | 'open'; of: (place: DayHere) => number; outcome: string; from: number }
const COLUMNS: readonly Column[] = [
  { name: 'late', of: ({ counts }) => counts.late, outcome: 'late', from: -45 },
  { name: 'missed', of: ({ counts }) => counts.missed, outcome: 'missed', from: 0 },
  { name: 'open', of: ({ counts }) => counts.open, outcome: 'open', from: 0 },
]

function Places({ days }: { days: readonly DayHere[] }) {
  const t = useTranslations('overview.now')
  return (
    <Table label={t('title')} className="max-md:hidden">
      <thead>
        <tr>
          <Th>{t('location')}</Th>
          <Th className="min-w-44">{t('done')}</Th>
          {COLUMNS.map(({ name }) => (
            <Th key={name} className="text-end!">
              {t(name)}
            </Th>
          ))}
          <Th className="text-end!">{t('later')}</Th>
        </tr>
      </thead>
      <tbody>
        {days.map((place) => (
          <Tr key={place.id}>
            <Th scope="row" className="text-[0.9375rem]! text-ink!">
              <PlaceName place={place} />
            </Th>
            <Td>
              <Progress place={place} />
            </Td>
            {COLUMNS.map(({ name, of, outcome, from }) => (
              <Td key={name} className="text-end tabular-nums">
                {of(place) === 0 ? (
                  <span className="text-ink-muted">0</span>
                ) : (
                  <Behind place={place} outcome={outcome} from={from}>
                    {name !== 'open' && <StatusShape tone={name === 'late' ? 'warn' : 'danger'} />}
                    {of(place)}
                  </Behind>
                )}
              </Td>
            ))}
            <Td className="text-end text-ink-muted tabular-nums">{place.later}</Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  )
}

function Behind({
  place,
  outcome,
  from,
  children,
}: {
  place: DayHere
  outcome: string
  from: number
  children: React.ReactNode
}) {
  const params: Params = { view: 'now', behind: 'outcomes', location: place.id, outcome }
  return (
    <Link
      href={overviewHref({ ...params, from: nextDay(place.day, from), to: place.day })}
      className="inline-flex min-h-target items-center gap-1.5 font-medium hover:underline"
    >
      {children}
    </Link>
  )
}
