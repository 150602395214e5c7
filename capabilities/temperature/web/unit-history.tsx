'use client'
import {
  Button,
  EmptyState,
  ErrorState,
  IconButton,
  Input,
  Panel,
  Skeleton,
  Table,
  Td,
  Th,
  Tr,
  temperatureText,
  useClock,
} from '@opsflow/platform/web'
import { ChartLine, ChevronLeft, ChevronRight, CloudOff, Table2, ZoomOut } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useFormatter, useLocale, useTranslations } from 'use-intl'
import { useSeries } from '../client/index.ts'
import type { UnitSeries } from '../routes.ts'
import { summaryOf } from './chart-series.ts'

const UnitChart = lazy(() => import('./unit-chart.tsx'))

const HOUR = 3_600_000
const spans = { day: 24 * HOUR, week: 7 * 24 * HOUR, month: 30 * 24 * HOUR, quarter: 90 * 24 * HOUR } as const
type Span = keyof typeof spans
type Range = { from: number; to: number }

/** The unit's temperature over days to months, as a chart, as figures, and as a table. */
export function UnitHistory({
  unitId,
  timeZone,
  temperatureUnit,
  latest,
}: {
  unitId: string
  timeZone: string | undefined
  temperatureUnit: 'F' | 'C'
  /** When the unit was last read: an imported past is shown where it lies. */
  latest: string | null
}) {
  const t = useTranslations('temperature.chart')
  const [span, setSpan] = useState<Span>('week')
  const [zoom, setZoom] = useState<Range>()
  const [asTable, setAsTable] = useState(false)
  const [until, setUntil] = useState<number>()
  const newest = endOf(latest, useClock())
  const end = until ?? newest
  const range = zoom ?? { from: end - spans[span], to: end }
  const series = useSeries(unitId, {
    from: new Date(range.from).toISOString(),
    to: new Date(range.to).toISOString(),
    points: 1600,
    unit: temperatureUnit,
  })
  const isEmpty = series.data?.lines.every((line) => line.points.length === 0) && series.data.marks.length === 0

  return (
    <Panel
      title={t('title')}
      actions={
        <>
          {zoom && (
            <Button look="quiet" onClick={() => setZoom(undefined)}>
              <ZoomOut aria-hidden />
              <span className="max-sm:sr-only">{t('zoomOut')}</span>
            </Button>
          )}
          <Button look="quiet" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            {asTable ? <ChartLine aria-hidden /> : <Table2 aria-hidden />}
            <span className="max-sm:sr-only">{t(asTable ? 'asChart' : 'asTable')}</span>
          </Button>
        </>
      }
    >
      <div className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-2">
        <fieldset className="inline-flex rounded-lg bg-sunken p-1">
          <legend className="sr-only">{t('span')}</legend>
          {(Object.keys(spans) as Span[]).map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={span === one && !zoom}
              onClick={() => {
                setSpan(one)
                setZoom(undefined)
              }}
              className="min-h-target rounded-md px-3 text-sm font-medium text-ink-muted transition-colors aria-pressed:bg-surface aria-pressed:text-ink aria-pressed:shadow-card"
            >
              {t(`spans.${one}`)}
            </button>
          ))}
        </fieldset>
        <WhichDays
          end={end}
          isNewest={until === undefined}
          onStep={(direction) => {
            const next = end + direction * spans[span]
            setZoom(undefined)
            setUntil(next >= newest ? undefined : next)
          }}
          onDay={(day) => {
            const next = Date.parse(`${day}T23:59:59`)
            setZoom(undefined)
            setUntil(Number.isNaN(next) || next >= newest ? undefined : next)
          }}
        />
      </div>
      {series.isPending && <Skeleton className="h-80 rounded-lg" />}
      {series.isError &&
        (series.error.name === 'Unreachable' ? (
          <EmptyState
            compact
            icon={<CloudOff aria-hidden />}
            title={t('offline')}
            action={<Button onClick={() => series.refetch()}>{t('again')}</Button>}
          >
            {t('offlineText')}
          </EmptyState>
        ) : (
          <ErrorState compact error={series.error} onRetry={series.refetch} />
        ))}
      {isEmpty && <EmptyState compact icon={<ChartLine aria-hidden />} title={t('empty')} />}
      {series.data && !isEmpty && (
        <>
          <Summary series={series.data} />
          {asTable ? (
            <SeriesTable series={series.data} timeZone={timeZone} />
          ) : (
            <Suspense fallback={<Skeleton className="h-80 rounded-lg" />}>
              <UnitChart series={series.data} range={range} timeZone={timeZone} onZoom={setZoom} />
            </Suspense>
          )}
        </>
      )}
    </Panel>
  )
}

/** Earlier and later, or a day by its date: an imported past is as near as yesterday. */
function WhichDays({
  end,
  isNewest,
  onStep,
  onDay,
}: {
  end: number
  isNewest: boolean
  onStep: (direction: 1 | -1) => void
  onDay: (day: string) => void
}) {
  const t = useTranslations('temperature.chart')
  return (
    <div className="flex items-center gap-1">
      <IconButton
        label={t('earlier')}
        icon={<ChevronLeft aria-hidden className="rtl:rotate-180" />}
        onClick={() => onStep(-1)}
      />
      <Input
        type="date"
        aria-label={t('until')}
        value={dayOf(end)}
        max={dayOf(Date.now())}
        onChange={(event) => onDay(event.target.value)}
        className="w-auto"
      />
      <IconButton
        label={t('later')}
        icon={<ChevronRight aria-hidden className="rtl:rotate-180" />}
        disabled={isNewest}
        onClick={() => onStep(1)}
      />
    </div>
  )
}

/** The day on this device's calendar, as a date field wants it. */
const dayOf = (at: number) => new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 10)

const FIVE_MINUTES = 300_000

/** Now, or the last reading when that is long past. On whole minutes, so that looking again finds it fetched. */
function endOf(latest: string | null, now: number) {
  const last = latest ? Date.parse(latest) : now
  const end = now - last > spans.week ? last : now
  return Math.ceil(end / FIVE_MINUTES) * FIVE_MINUTES
}

function Summary({ series }: { series: UnitSeries }) {
  const t = useTranslations('temperature.chart')
  const locale = useLocale()
  const { lowest, highest, byHand, excursions, alarmed } = summaryOf(series)
  const text = (milli: number | undefined) =>
    milli === undefined ? '–' : temperatureText({ milli, unit: series.temperatureUnit }, locale)
  return (
    <p className="mb-3 text-sm text-ink-muted">
      {t('summary', { lowest: text(lowest), highest: text(highest), byHand, excursions, alarmed })}
    </p>
  )
}

const mostRows = 400

function SeriesTable({ series, timeZone }: { series: UnitSeries; timeZone: string | undefined }) {
  const t = useTranslations('temperature.chart')
  const format = useFormatter()
  const locale = useLocale()
  const rows = series.lines
    .flatMap((line) => line.points.map(([at, milli]) => ({ at, milli, name: line.name })))
    .concat(series.marks.map(({ at, milli, by }) => ({ at, milli, name: by ?? t('byHand') })))
    .sort((a, b) => b.at - a.at)
    .slice(0, mostRows)
  return (
    <div className="max-h-96 overflow-y-auto rounded-lg border border-line">
      <Table label={t('title')}>
        <thead>
          <tr>
            <Th>{t('time')}</Th>
            <Th>{t('temperature')}</Th>
            <Th>{t('source')}</Th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ at, milli, name }) => (
            <Tr key={`${name}-${at}`}>
              <Td>
                {format.dateTime(new Date(at), {
                  dateStyle: 'medium',
                  timeStyle: 'short',
                  ...(timeZone && { timeZone }),
                })}
              </Td>
              <Td className="tabular-nums">
                {milli === null ? (
                  t('gap')
                ) : (
                  <bdi dir="ltr">{temperatureText({ milli, unit: series.temperatureUnit }, locale)}</bdi>
                )}
              </Td>
              <Td className="text-ink-muted">{name}</Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </div>
  )
}
