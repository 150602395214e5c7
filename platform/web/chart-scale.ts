export type Point = { at: number; value: number | null }

/** Bottom and top of a chart: what is shown and what it must be compared with, with a little air, never flat. */
export function rangeOf(values: readonly (number | null)[], alsoShown: readonly number[] = []): [number, number] {
  const all = [...values, ...alsoShown].filter((value): value is number => value !== null && Number.isFinite(value))
  if (all.length === 0) return [0, 1]
  const bottom = Math.min(...all)
  const top = Math.max(...all)
  const air = (top - bottom) * 0.08 || Math.max(Math.abs(top) * 0.05, 0.5)
  return [bottom - air, top + air]
}

/**
 * The line through the points in a field of 100 × 100, broken where nothing was measured: a gap is not a straight line.
 * A lone point becomes a short dash, so that it is seen.
 */
export function linePath(points: readonly Point[], [bottom, top]: readonly [number, number]): string {
  const first = points[0]?.at ?? 0
  const span = (points.at(-1)?.at ?? 0) - first || 1
  const place = ({ at, value }: { at: number; value: number }) =>
    `${round(((at - first) / span) * 100)} ${round(100 - ((value - bottom) / (top - bottom)) * 100)}`
  return runs(points)
    .map((run) => `M${run.map(place).join('L')}${run.length === 1 ? 'h0.01' : ''}`)
    .join('')
}

function runs(points: readonly Point[]): { at: number; value: number }[][] {
  const result: { at: number; value: number }[][] = []
  let run: { at: number; value: number }[] | undefined
  for (const { at, value } of points) {
    if (value === null) run = undefined
    else if (run) run.push({ at, value })
    else {
      run = [{ at, value }]
      result.push(run)
    }
  }
  return result
}

const round = (number: number) => Math.round(number * 100) / 100
