/** What there is to do for one customer. */
export type Whose = { tenantId: string; organizationId: string; ids: string[] }

/** What is to be done next, but for these customers: they had their turn. As much as one look should bring. */
export type Find = (except: readonly string[]) => Promise<readonly Whose[]>
/** One transaction. Answers how much it did. */
export type Work = (whose: Whose, ids: readonly string[]) => Promise<number>

export type Pace = {
  /** So many in one transaction. */
  together?: number
  /** Everybody has had a turn, and there is more: so many looks in all, then the job's other work comes first. */
  looks?: number
}

/** One that fails is searched for among its neighbours; where so many fail, the rest waits for the next time. */
const MOST_FAILURES = 8

/**
 * Work for many customers in one go. However much one of them has, and whether or not it fails, everybody else has a
 * turn before anyone has a second one; and what fails is found by halves, so that it does not hold up its own customer's
 * either. `end` throws what failed, for whoever logs it.
 */
export function inTurns() {
  const errors: unknown[] = []

  async function each(find: Find, work: Work, { together = Number.POSITIVE_INFINITY, looks = 1 }: Pace = {}) {
    const failing = new Set<string>()
    let left = looks
    let done: number
    do {
      done = 0
      const served = new Set(failing)
      for (;;) {
        const found = (await find([...served])).filter(({ tenantId }) => !served.has(tenantId))
        if (found.length === 0) break
        left--
        for (const whose of found) {
          served.add(whose.tenantId)
          const turn = await turnOf(whose, work, together)
          done += turn.done
          if (turn.errors.length > 0) failing.add(whose.tenantId)
          errors.push(...turn.errors)
        }
      }
      // Nothing left, or another server is at it.
    } while (done > 0 && left > 0)
  }

  return {
    each,
    end: () => throwAll(errors),
  }
}

/**
 * For housekeeping, of which all there is has been found at once: one that fails holds up none of the others. Throws what
 * failed at the end, for whoever logs it. Who finds by a limit finds in any order, so that the same few never take it up.
 */
export async function eachAlone<Item>(found: readonly Item[], work: (item: Item) => Promise<unknown>): Promise<void> {
  const errors: unknown[] = []
  for (const item of found) await work(item).catch((error: unknown) => errors.push(error))
  throwAll(errors)
}

function throwAll(errors: readonly unknown[]) {
  if (errors.length > 0) throw new AggregateError(errors, `${errors.length} could not be done: ${errors[0]}`)
}

async function turnOf(whose: Whose, work: Work, together: number) {
  const turn = { done: 0, errors: [] as unknown[] }
  async function attempt(ids: readonly string[]): Promise<void> {
    if (turn.errors.length >= MOST_FAILURES) return
    try {
      turn.done += await work(whose, ids)
    } catch (error) {
      if (ids.length === 1) return void turn.errors.push(error)
      const half = Math.ceil(ids.length / 2)
      await attempt(ids.slice(0, half))
      await attempt(ids.slice(half))
    }
  }
  for (let from = 0; from < whose.ids.length; from += together) await attempt(whose.ids.slice(from, from + together))
  return turn
}
