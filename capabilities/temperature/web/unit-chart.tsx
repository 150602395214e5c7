'use client'
import 'uplot/dist/uPlot.min.css'
import { temperatureText, usePreferences } from '@opsflow/platform/web'
import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import { useLocale, useTranslations } from 'use-intl'
import type { UnitSeries } from '../routes.ts'
import { type ChartColumns, chartColumns } from './chart-series.ts'

type Range = { from: number; to: number }

const heightPx = 340

/**
 * Drawn on a canvas: a hundred thousand points stay fluid. Dragging across it zooms in. What it shows is said in
 * words above it and in the table beside it.
 */
export default function UnitChart({
  series,
  range,
  timeZone,
  onZoom,
}: {
  series: UnitSeries
  range: Range
  timeZone: string | undefined
  onZoom: (range: Range) => void
}) {
  const t = useTranslations('temperature.chart')
  const locale = useLocale()
  const { theme } = usePreferences()
  const place = useRef<HTMLDivElement>(null)
  const readout = useRef<HTMLParagraphElement>(null)
  const zoomed = useRef(onZoom)
  zoomed.current = onZoom

  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of theme is drawn anew, in its colours
  useEffect(() => {
    const element = place.current
    if (!element) return
    const columns = chartColumns(series)
    const chart = new uPlot(
      optionsOf({
        series,
        range,
        columns,
        timeZone,
        locale,
        width: element.clientWidth,
        onZoom: (next) => zoomed.current(next),
        onPoint: (text) => {
          if (readout.current) readout.current.textContent = text
        },
      }),
      dataOf(columns),
      element,
    )
    const observer = new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height: heightPx }))
    observer.observe(element)
    return () => {
      observer.disconnect()
      chart.destroy()
    }
  }, [series, range.from, range.to, timeZone, locale, theme])

  return (
    <figure>
      <p ref={readout} aria-hidden className="h-5 text-end text-sm font-medium tabular-nums" />
      <div ref={place} aria-hidden className="min-h-[340px]" />
      <figcaption className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-sm text-ink-muted">
        <Key look="h-0.5 w-4 bg-chart">{t('sensor')}</Key>
        <Key look="size-2.5 rounded-full border-2 border-ink">{t('byHand')}</Key>
        <Key look="h-3 w-4 rounded-sm bg-ok/20">{t('within')}</Key>
        <Key look="h-3 w-4 rounded-sm bg-warn/30">{t('excursion')}</Key>
        <Key look="h-3 w-4 rounded-sm bg-danger/30">{t('alarmed')}</Key>
      </figcaption>
    </figure>
  )
}

const Key = ({ look, children }: { look: string; children: string }) => (
  <span className="inline-flex items-center gap-2">
    <span className={look} />
    {children}
  </span>
)

const dataOf = ({ times, lines, lows, highs, marks }: ChartColumns) =>
  [times, ...highs, ...lows, ...lines, marks] as uPlot.AlignedData

type Drawing = {
  series: UnitSeries
  range: Range
  columns: ChartColumns
  timeZone: string | undefined
  locale: string
  width: number
  onZoom: (range: Range) => void
  onPoint: (text: string) => void
}

function optionsOf({ series, range, columns, timeZone, locale, width, onZoom, onPoint }: Drawing): uPlot.Options {
  const colour = colours()
  const count = columns.lines.length
  const axis = {
    stroke: colour('--ink-muted'),
    font: `12px ${getComputedStyle(document.body).fontFamily}`,
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { show: false },
  }
  const when = new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    ...(timeZone && { timeZone }),
  })
  return {
    width,
    height: heightPx,
    legend: { show: false },
    cursor: { drag: { x: true, y: false, setScale: false }, points: { show: false }, y: false },
    ...(timeZone && { tzDate: (seconds: number) => uPlot.tzDate(new Date(seconds * 1000), timeZone) }),
    scales: {
      x: { time: true, range: () => [range.from / 1000, range.to / 1000] },
      y: { range: (_, low, high) => yRange(series, low, high) },
    },
    axes: [
      { ...axis, space: 90, values: timeLabels(locale, timeZone) },
      { ...axis, size: 52, values: (_, splits) => splits.map((degree) => `${String(degree).replace('-', '−')}°`) },
    ],
    series: [
      {},
      ...columns.highs.map(() => ({ stroke: 'transparent', points: { show: false }, spanGaps: false })),
      ...columns.lows.map(() => ({ stroke: 'transparent', points: { show: false }, spanGaps: false })),
      ...columns.lines.map((_, index) => ({
        stroke: colour('--chart'),
        width: 1.75,
        points: { show: false },
        ...(index > 0 && { dash: [6, 3 * index] }),
      })),
      {
        stroke: 'transparent',
        points: { show: true, size: 9, width: 2, stroke: colour('--ink'), fill: colour('--surface') },
      },
    ],
    bands: columns.highs.map((_, index) => ({
      series: [1 + index, 1 + count + index] as [number, number],
      fill: colour('--chart-band', 0.55),
    })),
    hooks: {
      drawClear: [(chart) => drawGround(chart, series, colour)],
      setSelect: [
        (chart) => {
          if (chart.select.width < 8) return
          const at = (px: number) => Math.round(chart.posToVal(px, 'x') * 1000)
          onZoom({ from: at(chart.select.left), to: at(chart.select.left + chart.select.width) })
        },
      ],
      setCursor: [
        (chart) => {
          const index = chart.cursor.idx
          const time = index == null ? undefined : columns.times[index]
          const degree = index == null ? undefined : valueAt(columns, index)
          if (time === undefined || degree === undefined) return onPoint('')
          const value = temperatureText({ milli: Math.round(degree * 1000), unit: series.temperatureUnit }, locale)
          onPoint(`${value} · ${when.format(time * 1000)}`)
        },
      ],
    },
  }
}

const valueAt = ({ marks, lines }: ChartColumns, index: number) =>
  marks[index] ?? lines.map((line) => line[index]).find((value) => value != null) ?? undefined

/** Behind the line: where it should be, and when it was not. */
function drawGround(chart: uPlot, series: UnitSeries, colour: ReturnType<typeof colours>) {
  const { ctx, bbox } = chart
  const x = (ms: number) => Math.min(Math.max(chart.valToPos(ms / 1000, 'x', true), bbox.left), bbox.left + bbox.width)
  const y = (milli: number) =>
    Math.min(Math.max(chart.valToPos(milli / 1000, 'y', true), bbox.top), bbox.top + bbox.height)
  for (const excursion of series.excursions) {
    const from = x(Date.parse(excursion.startedAt))
    const to = x(excursion.endedAt ? Date.parse(excursion.endedAt) : Date.parse(series.to))
    ctx.fillStyle = colour(excursion.alarmedAt ? '--danger' : '--warn', 0.16)
    ctx.fillRect(from, bbox.top, Math.max(to - from, 2), bbox.height)
  }
  for (const band of series.bands) {
    if (band.maxMilli === null && band.minMilli === null) continue
    const [from, to] = [x(band.from), x(band.to)]
    const top = band.maxMilli === null ? bbox.top : y(band.maxMilli)
    const bottom = band.minMilli === null ? bbox.top + bbox.height : y(band.minMilli)
    ctx.fillStyle = colour('--ok', 0.07)
    ctx.fillRect(from, top, to - from, bottom - top)
    ctx.fillStyle = colour('--ok', 0.7)
    if (band.maxMilli !== null) ctx.fillRect(from, top, to - from, 1.5)
    if (band.minMilli !== null) ctx.fillRect(from, bottom, to - from, 1.5)
  }
}

/** All readings and the limits are in sight, with a little air; a steady line is not blown up into mountains. */
function yRange(series: UnitSeries, low: number | null, high: number | null): [number, number] {
  const edges = series.bands.flatMap((band) => [band.maxMilli, band.minMilli]).filter((edge) => edge !== null)
  const all = [low, high].filter((value) => value !== null).concat(edges.map((milli) => milli / 1000))
  if (all.length === 0) return [0, 10]
  const bottom = Math.min(...all)
  const top = Math.max(...all)
  const air = Math.max((top - bottom) * 0.12, 1)
  return [bottom - air, top + air]
}

function timeLabels(locale: string, timeZone: string | undefined): uPlot.Axis.Values {
  const zone = timeZone ? { timeZone } : {}
  const clock = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', ...zone })
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', ...zone })
  return (_, splits, _axis, _space, stepSeconds) =>
    splits.map((seconds) => {
      const at = seconds * 1000
      if (stepSeconds >= 86_400) return day.format(at)
      const time = clock.format(at)
      return splits[0] === seconds || isMidnight(at, timeZone) ? `${time}\n${day.format(at)}` : time
    })
}

const isMidnight = (at: number, timeZone: string | undefined) =>
  new Date(at).toLocaleTimeString('en-GB', { ...(timeZone && { timeZone }) }).startsWith('00:00')

/** The tokens as the page shows them now; canvas does not know CSS variables. */
function colours() {
  const style = getComputedStyle(document.documentElement)
  return (token: `--${string}`, alpha = 1) => {
    const value = style.getPropertyValue(token).trim()
    return alpha === 1 ? value : `color-mix(in oklab, ${value} ${alpha * 100}%, transparent)`
  }
}
