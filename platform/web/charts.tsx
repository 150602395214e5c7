'use client'
import { type ReactNode, useId } from 'react'
import { useFormatter } from 'use-intl'
import { linePath, type Point, rangeOf } from './chart-scale.ts'
import { cx } from './classes.ts'
import { StatusShape } from './status-badge.tsx'
import type { Tone } from './tone.ts'

/**
 * Small charts. Each has a sentence that says what it shows, and its figures as a table for those who cannot see it:
 * a drawing is never the only way to a number.
 */
function Figure({
  summary,
  head,
  rows,
  children,
  className,
}: {
  summary: string
  head: readonly string[]
  rows: readonly (readonly [key: string, ...cells: string[]])[]
  children: ReactNode
  className?: string | undefined
}) {
  const id = useId()
  return (
    <figure aria-labelledby={id} className={cx('relative min-w-0', className)}>
      <div aria-hidden>{children}</div>
      <figcaption id={id} className="sr-only">
        {summary}
      </figcaption>
      {/* A table keeps its own width whatever its class says: what hides it stands around it. */}
      <div className="sr-only">
        <table>
          <thead>
            <tr>
              {head.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([key, ...cells]) => (
              <tr key={key}>
                <th scope="row">{key}</th>
                {cells.map((cell, index) => (
                  <td key={head[index + 1]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  )
}

/** The course of something in the height of a line of text. What it says stands beside it in words or figures. */
export function Sparkline({
  points,
  label,
  className,
}: {
  points: readonly Point[]
  label: string
  className?: string
}) {
  const range = rangeOf(points.map((point) => point.value))
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox="0 0 100 100"
      preserveAspectRatio="none"
      className={cx('block h-8 w-24 overflow-visible', className)}
    >
      <path d={linePath(points, range)} className="chart-line" />
    </svg>
  )
}

type Formats = {
  /** A value as it is written, with its unit. */
  format: (value: number) => string
  labels: { at: string; value: string }
}

/** One value over time, with the line it is held against. */
export function LineChart({
  points,
  summary,
  format,
  formatAt,
  labels,
  limit,
  className,
}: Formats & {
  points: readonly Point[]
  summary: string
  formatAt: (at: number) => string
  limit?: { value: number; label: string } | undefined
  className?: string
}) {
  const [bottom, top] = rangeOf(
    points.map((point) => point.value),
    limit ? [limit.value] : [],
  )
  const fromTop = (value: number) => `${100 - ((value - bottom) / (top - bottom)) * 100}%`
  const first = points[0]
  const last = points.at(-1)
  return (
    <Figure
      summary={summary}
      head={[labels.at, labels.value]}
      rows={points.map(({ at, value }) => [formatAt(at), value === null ? '–' : format(value)])}
      className={className}
    >
      <div className="grid grid-cols-[auto_1fr] gap-x-3 text-xs text-ink-muted tabular-nums">
        <div className="flex flex-col justify-between text-end">
          <span>{format(top)}</span>
          <span>{format(bottom)}</span>
        </div>
        <div className="relative h-40 border-b border-line">
          {limit && (
            <span
              className="absolute inset-x-0 border-t border-dashed border-line-strong"
              style={{ top: fromTop(limit.value) }}
            >
              <span className="absolute end-0 bottom-0.5 rounded bg-surface px-1">{limit.label}</span>
            </span>
          )}
          <svg
            aria-hidden="true"
            viewBox="0 0 100 100"
            preserveAspectRatio="none"
            className="absolute inset-0 size-full overflow-visible"
          >
            <path d={linePath(points, [bottom, top])} className="chart-line" />
          </svg>
        </div>
        <div className="col-start-2 flex justify-between pt-1.5">
          <span>{first && formatAt(first.at)}</span>
          <span>{last && formatAt(last.at)}</span>
        </div>
      </div>
    </Figure>
  )
}

export type Bar = { label: string; value: number; tone?: Tone }

/** Amounts side by side; the word under each bar, the figure on top of it. */
export function BarChart({
  bars,
  summary,
  format,
  labels,
  className,
}: Formats & { bars: readonly Bar[]; summary: string; className?: string }) {
  const most = Math.max(...bars.map((bar) => bar.value), 0) || 1
  return (
    <Figure
      summary={summary}
      head={[labels.at, labels.value]}
      rows={bars.map(({ label, value }) => [label, format(value)])}
      className={className}
    >
      <div className="flex h-44 items-stretch gap-1.5 sm:gap-2.5">
        {bars.map((bar) => (
          <div key={bar.label} className="flex min-w-0 flex-1 flex-col justify-end text-center text-xs text-ink-muted">
            <span className="truncate pb-1 font-medium text-ink tabular-nums">{format(bar.value)}</span>
            <span
              className={cx('min-h-px rounded-t-md', bar.tone ? barFill[bar.tone] : 'bg-chart')}
              style={{ height: `${(bar.value / most) * 72}%` }}
            />
            <span className="truncate border-t border-line pt-1.5">{bar.label}</span>
          </div>
        ))}
      </div>
    </Figure>
  )
}

const barFill: Record<Tone, string> = {
  ok: 'bg-ok',
  warn: 'bg-warn',
  danger: 'bg-danger',
  info: 'bg-info',
  accent: 'bg-accent',
  neutral: 'bg-neutral',
}

export type StripPart = { id: string; label: string; tone: Tone }
export type StripPeriod = { label: string; counts: Readonly<Record<string, number>> }

/**
 * How each period came out, as shares stacked on each other: a week of checks in one glance. The worst part lies at the
 * bottom, where all columns can be compared; a part that is there at all is at least a line high.
 */
export function ComplianceStrip({
  parts,
  periods,
  summary,
  periodLabel,
  className,
}: {
  /** From the worst to the best. */
  parts: readonly StripPart[]
  periods: readonly StripPeriod[]
  summary: string
  periodLabel: string
  className?: string
}) {
  const format = useFormatter()
  const countOf = (period: StripPeriod, part: StripPart) => period.counts[part.id] ?? 0
  return (
    <Figure
      summary={summary}
      head={[periodLabel, ...parts.map((part) => part.label)]}
      rows={periods.map((period) => [period.label, ...parts.map((part) => String(countOf(period, part)))])}
      className={className}
    >
      <div className="flex items-stretch gap-1">
        {periods.map((period) => {
          const present = parts.filter((part) => countOf(period, part) > 0)
          return (
            <div key={period.label} className="min-w-0 flex-1 text-center text-xs text-ink-muted">
              <div
                title={[period.label, ...present.map((part) => `${part.label}: ${countOf(period, part)}`)].join('\n')}
                className="flex h-16 flex-col-reverse gap-px overflow-hidden rounded-md bg-sunken"
              >
                {present.map((part) => (
                  <span
                    key={part.id}
                    className={cx('min-h-1 basis-0', stripFill[part.tone])}
                    style={{ flexGrow: countOf(period, part) }}
                  />
                ))}
              </div>
              <span className="mt-1.5 block truncate">{period.label}</span>
            </div>
          )
        })}
      </div>
      <div className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-sm text-ink-muted">
        {parts.map((part) => (
          <span key={part.id} className="inline-flex items-center gap-1.5">
            <StatusShape tone={part.tone} />
            {part.label}
            <span className="tabular-nums">
              {format.number(periods.reduce((sum, period) => sum + countOf(period, part), 0))}
            </span>
          </span>
        ))}
      </div>
    </Figure>
  )
}

/** What went well recedes; what did not is seen first. */
const stripFill: Record<Tone, string> = { ...barFill, ok: 'bg-ok/35', neutral: 'bg-line' }
