import { silenceMinutes } from './alarm-policy.ts'
import type { Instant } from './assess.ts'

/** One reading on a chart, in thousandths of the unit the chart is drawn in. */
export type SeriesPoint = { at: Instant; milli: number }
/** Where nothing was read for too long: a line must not be drawn across. */
export type SeriesGap = { at: Instant; milli: null }
export type Series = (SeriesPoint | SeriesGap)[]

/** Silence that a chart shows as a gap: three readings missed, at most 45 minutes. */
export const gapMs = (cadenceMinutes: number) => silenceMinutes(cadenceMinutes) * 60_000

/**
 * A width of time for which at most `maxPoints` remain of a span: two per bucket. Whole minutes, aligned to the
 * clock and not to the span, so a chart that moves on does not redraw its past differently.
 */
export function bucketMs(spanMs: number, maxPoints: number): number {
  const widest = (2 * spanMs) / Math.max(2, maxPoints)
  return BUCKET_WIDTHS.find((width) => width >= widest) ?? Math.ceil(widest / DAY) * DAY
}

const MINUTE = 60_000
const DAY = 1440 * MINUTE
const BUCKET_WIDTHS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440].map((minutes) => minutes * MINUTE)

/**
 * Fewer points that tell the same story: of each bucket the lowest and the highest reading, at the time they were
 * read, in order. No value is invented and no peak is lost. Readings must be in order of time.
 */
export function downsample(points: readonly SeriesPoint[], bucketWidthMs: number, gapAfterMs: number): Series {
  const series: Series = []
  let bucket: Bucket | null = null
  let previous: SeriesPoint | null = null
  for (const point of points) {
    const isAfterGap: boolean = previous !== null && point.at - previous.at > gapAfterMs
    const index = Math.floor(point.at / bucketWidthMs)
    if (bucket !== null && (isAfterGap || bucket.index !== index)) {
      pour(bucket, series)
      bucket = null
    }
    if (isAfterGap && previous !== null) series.push({ at: previous.at + 1, milli: null })
    if (bucket === null) bucket = { index, lowest: point, highest: point }
    else if (point.milli < bucket.lowest.milli) bucket.lowest = point
    else if (point.milli > bucket.highest.milli) bucket.highest = point
    previous = point
  }
  if (bucket !== null) pour(bucket, series)
  return series
}

type Bucket = { index: number; lowest: SeriesPoint; highest: SeriesPoint }

function pour({ lowest, highest }: Bucket, series: Series) {
  if (lowest === highest) series.push(lowest)
  else if (lowest.at < highest.at) series.push(lowest, highest)
  else series.push(highest, lowest)
}
