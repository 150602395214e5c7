'use client'
import { useWeek } from '@opsflow/capabilities/temperature/client'
import {
  Avatar,
  BarChart,
  Definition,
  EmptyState,
  ErrorState,
  LineChart,
  Panel,
  RelativeTime,
  SkeletonRows,
  Table,
  Td,
  Th,
  Tr,
} from '@opsflow/platform/web'
import { UserRound } from 'lucide-react'
import type { ReactNode } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import type { Board } from './board-of.ts'
import { RowsPanel } from './panels.tsx'
import { type Day, daysOf, peopleOf, shareOf } from './week-of.ts'

type Of = { locations: Board['locations'] }

const idsOf = ({ locations }: Of) => new Set(locations.map(({ id }) => id))
const instantOf = (day: string) => Date.parse(`${day}T12:00:00Z`)
const percent = { style: 'percent', maximumFractionDigits: 1 } as const

/** Fetched after the board: what it says changes by the hour, and the first screen does not wait for it. */
function WithDays({ locations, children }: Of & { children: (days: Day[]) => ReactNode }) {
  const t = useTranslations('dashboardPanels.week')
  const week = useWeek()
  if (week.error) return <ErrorState compact error={week.error} onRetry={week.refetch} />
  if (!week.data) return <SkeletonRows rows={3} />
  const days = daysOf(week.data, idsOf({ locations }))
  return days.length === 0 ? <EmptyState compact title={t('empty')} /> : children(days)
}

function Titled({ name }: { name: 'trend' | 'pattern' | 'sinceYesterday' }) {
  const t = useTranslations('dashboardPanels.week')
  return (
    <span className="inline-flex items-center gap-1">
      {t(`${name}.title`)}
      <Definition of={t(`${name}.title`)}>{t(`${name}.definition`)}</Definition>
    </span>
  )
}

/** Share of judged readings within their limits, day by day. */
export function TrendPanel({ locations }: Of) {
  const t = useTranslations('dashboardPanels.week')
  const format = useFormatter()
  return (
    <Panel title={<Titled name="trend" />}>
      <WithDays locations={locations}>
        {(days) => (
          <LineChart
            points={days.map((day) => ({ at: instantOf(day.day), value: shareOf(day) }))}
            summary={t('trend.summary')}
            format={(value) => format.number(value, percent)}
            formatAt={(at) => format.dateTime(at, { weekday: 'short', day: 'numeric', timeZone: 'UTC' })}
            labels={{ at: t('day'), value: t('within') }}
          />
        )}
      </WithDays>
    </Panel>
  )
}

/** On which days the trouble comes. */
export function PatternPanel({ locations }: Of) {
  const t = useTranslations('dashboardPanels.week')
  const format = useFormatter()
  return (
    <Panel title={<Titled name="pattern" />}>
      <WithDays locations={locations}>
        {(days) => (
          <BarChart
            bars={days.map((day) => ({
              label: format.dateTime(instantOf(day.day), { weekday: 'short', timeZone: 'UTC' }) + markOf(days, day),
              value: day.correctiveActions,
            }))}
            summary={t('pattern.summary')}
            format={(value) => format.number(value)}
            labels={{ at: t('day'), value: t('actions') }}
          />
        )}
      </WithDays>
    </Panel>
  )
}

/** Today and the same weekday a week ago carry the same short name; the earlier one is told apart. */
const markOf = (days: readonly Day[], day: Day) => (days.length === 8 && day === days[0] ? ' −7' : '')

/** Today so far beside the whole of yesterday. */
export function SinceYesterdayPanel({ locations }: Of) {
  const t = useTranslations('dashboardPanels.week')
  const format = useFormatter()
  const shareText = (day: Day | undefined) => {
    const share = day && shareOf(day)
    return share === null || share === undefined ? '–' : format.number(share, percent)
  }
  return (
    <Panel title={<Titled name="sinceYesterday" />} flush>
      <WithDays locations={locations}>
        {(days) => {
          const [yesterday, today] = [days.at(-2), days.at(-1)]
          const rows: [string, (day: Day | undefined) => string][] = [
            [t('within'), shareText],
            [t('alarms'), (day) => format.number(day?.alarms ?? 0)],
            [t('actions'), (day) => format.number(day?.correctiveActions ?? 0)],
            [t('tasksDone'), (day) => format.number(day?.tasksDone ?? 0)],
          ]
          return (
            <Table label={t('sinceYesterday.title')}>
              <thead>
                <tr>
                  <Th>
                    <span className="sr-only">{t('what')}</span>
                  </Th>
                  <Th className="text-end!">{t('today')}</Th>
                  <Th className="text-end!">{t('yesterday')}</Th>
                </tr>
              </thead>
              <tbody>
                {rows.map(([label, textOf]) => (
                  <Tr key={label}>
                    <Td>{label}</Td>
                    <Td className="text-end font-semibold tabular-nums">{textOf(today)}</Td>
                    <Td className="text-end text-ink-muted tabular-nums">{textOf(yesterday)}</Td>
                  </Tr>
                ))}
              </tbody>
            </Table>
          )
        }}
      </WithDays>
    </Panel>
  )
}

/** Who left a trace today. Not a time clock, and it says so. */
export function PeoplePanel({ locations }: Of) {
  const t = useTranslations('app.dashboard')
  const week = useWeek()
  const people = week.data ? peopleOf(week.data, idsOf({ locations })) : []
  const placeOf = (id: string) => locations.find((location) => location.id === id)?.name
  return (
    <RowsPanel name="people" count={people.length}>
      {week.error ? (
        <ErrorState compact error={week.error} onRetry={week.refetch} />
      ) : !week.data ? (
        <SkeletonRows rows={3} className="p-4" />
      ) : people.length === 0 ? (
        <EmptyState compact icon={<UserRound aria-hidden />} title={t('nobodyYet')} />
      ) : (
        <ul className="divide-y divide-line">
          {people.slice(0, 8).map((person) => (
            <li key={person.id} className="flex min-h-14 items-center gap-3 px-4 py-2 sm:px-5">
              <Avatar name={person.name} />
              <span className="min-w-0 flex-1">
                <span className="block truncate text-[0.9375rem] font-medium">{person.name}</span>
                <span className="block truncate text-sm text-ink-muted">
                  {locations.length > 1 && `${placeOf(person.locationId)} · `}
                  {t('records', { count: person.records })}
                </span>
              </span>
              <span className="text-sm whitespace-nowrap text-ink-muted">
                <RelativeTime at={person.lastAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </RowsPanel>
  )
}
