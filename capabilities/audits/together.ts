type OfDay = { auditDate: string; id: string }

/** One list as far as it was fetched, the latest first. */
export type Fetched<T extends OfDay> = { items: readonly T[]; hasMore: boolean }

/**
 * Two lists as one, by day: audits done here and those that others did, each told apart. What lies further back than a list
 * that has more was fetched to waits until that list is there.
 */
export function together<D extends OfDay, I extends OfDay>(
  done: Fetched<D>,
  imported: Fetched<I>,
): ({ done: D } | { imported: I })[] {
  const known = (one: OfDay) => knownTo(done) <= one.auditDate && knownTo(imported) <= one.auditDate
  const all = [
    ...done.items.filter(known).map((one) => ({ day: one.auditDate, shown: { done: one } as const })),
    ...imported.items.filter(known).map((one) => ({ day: one.auditDate, shown: { imported: one } as const })),
  ]
  return all.sort((one, other) => (one.day < other.day ? 1 : one.day > other.day ? -1 : 0)).map(({ shown }) => shown)
}

const knownTo = ({ items, hasMore }: Fetched<OfDay>) => (hasMore ? (items.at(-1)?.auditDate ?? '') : '')
