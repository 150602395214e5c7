/**
 * How often the same piece of background work is begun without getting on. It is counted before it begins, so what ends its
 * process is counted too; then it is set aside, with a reason, until a person tries it again.
 */
export const MOST_ATTEMPTS = 3

/** One after the other: what ends the process takes none of the others with it. */
export async function inOrder<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  for (const one of all) await work(one)
}
