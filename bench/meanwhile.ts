/** How often it can be done in a second until something else is over. */
export async function rateOf(work: () => Promise<unknown>, until: () => Promise<unknown>): Promise<number> {
  let isOver = false
  let done = 0
  const began = performance.now()
  const other = until().finally(() => (isOver = true))
  while (!isOver) {
    await work()
    done++
  }
  await other
  return done / ((performance.now() - began) / 1000)
}

export const median = (all: readonly number[]) =>
  all.toSorted((one, other) => one - other)[all.length >> 1] ?? Number.NaN
