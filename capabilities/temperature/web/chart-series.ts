import type { UnitSeries } from '../routes.ts'

type Column = (number | null | undefined)[]

/** What uPlot draws: one axis of times (seconds), then one column for each line and one for the readings by hand. */
export type ChartColumns = { times: number[]; lines: Column[]; lows: Column[]; highs: Column[]; marks: Column }

/**
 * Lines of several sensors on one axis. `null` is a gap that must stay a gap; `undefined` says only that this line
 * has no point at the time of another, and may be drawn across.
 */
export function chartColumns(series: UnitSeries): ChartColumns {
  const stamps = new Set<number>()
  for (const line of series.lines) {
    for (const [at] of line.points) stamps.add(at)
    for (const [at] of line.ranges) stamps.add(at)
  }
  for (const mark of series.marks) stamps.add(mark.at)
  const sorted = [...stamps].sort((a, b) => a - b)
  const place = new Map(sorted.map((at, index) => [at, index]))
  const column = (pairs: Iterable<readonly [number, number | null]>): Column => {
    const filled: Column = new Array(sorted.length).fill(undefined)
    for (const [at, milli] of pairs) filled[place.get(at) ?? 0] = milli === null ? null : milli / 1000
    return filled
  }
  return {
    times: sorted.map((at) => at / 1000),
    lines: series.lines.map((line) => column(line.points)),
    lows: series.lines.map((line) => column(line.ranges.map(([at, low]) => [at, low]))),
    highs: series.lines.map((line) => column(line.ranges.map(([at, , high]) => [at, high]))),
    marks: column(series.marks.map(({ at, milli }) => [at, milli])),
  }
}

export type SeriesSummary = {
  lowest: number | undefined
  highest: number | undefined
  latest: number | undefined
  byHand: number
  excursions: number
  alarmed: number
}

/** The chart in figures (thousandths of its unit), for those who cannot see it. */
export function summaryOf(series: UnitSeries): SeriesSummary {
  let lowest: number | undefined
  let highest: number | undefined
  let latest: number | undefined
  const see = (milli: number) => {
    lowest = lowest === undefined ? milli : Math.min(lowest, milli)
    highest = highest === undefined ? milli : Math.max(highest, milli)
  }
  for (const line of series.lines) {
    for (const [, milli] of line.points) if (milli !== null) see(milli)
    for (const [, low, high] of line.ranges) {
      see(low)
      see(high)
    }
    latest = line.points.findLast(([, milli]) => milli !== null)?.[1] ?? latest
  }
  for (const mark of series.marks) see(mark.milli)
  return {
    lowest,
    highest,
    latest,
    byHand: series.marks.length,
    excursions: series.excursions.length,
    alarmed: series.excursions.filter((excursion) => excursion.alarmedAt !== null).length,
  }
}
