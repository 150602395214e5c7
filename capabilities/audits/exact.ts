/** `score` of `max` in percent, rounded half up. Null: of nothing there is no share. Both are whole numbers. */
export function percentOf(score: number, max: number, decimals: number): number | null {
  if (max <= 0) return null
  const scale = 10 ** decimals
  const [part, whole] = [BigInt(score), BigInt(max)]
  return Number((part * BigInt(200 * scale) + whole) / (whole * 2n)) / scale
}

/** Is it the mark or more? Of the fraction itself: 79.996 % does not reach 80 because it is printed as 80.00. */
export const reaches = (score: number, max: number, markPercent: number) =>
  BigInt(score) * 10_000n >= BigInt(Math.round(markPercent * 100)) * BigInt(max)
