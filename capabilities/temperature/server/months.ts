import { EARLIEST_MEASURED_MS, FUTURE_TOLERANCE_MS } from '../index.ts'

/** Makes sure that readings of a month have a partition to lie in, before the transaction that writes them. */
export type Months = { ensure: (instants: Iterable<number>) => Promise<void> }

/** `makeMonth` is ensureMonth as the relay role: the runtime role may not make tables. */
export function monthsThrough(makeMonth: (day: string) => Promise<unknown>): Months {
  const known = new Map<string, Promise<unknown>>()
  const ensureOne = (month: string) => {
    const making = known.get(month) ?? makeMonth(`${month}-01`)
    known.set(month, making)
    making.catch(() => known.delete(month))
    return making
  }
  return {
    async ensure(instants) {
      const months = new Set<string>()
      const latest = Date.now() + FUTURE_TOLERANCE_MS
      let [from, to] = [1, 0]
      for (const at of instants) {
        // What will be refused needs no month.
        if ((at >= from && at < to) || at < EARLIEST_MEASURED_MS || at > latest || Number.isNaN(at)) continue
        const month = new Date(at)
        from = Date.UTC(month.getUTCFullYear(), month.getUTCMonth(), 1)
        to = Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1, 1)
        months.add(new Date(from).toISOString().slice(0, 7))
      }
      for (const month of months) await ensureOne(month)
    },
  }
}
