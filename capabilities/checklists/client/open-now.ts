import type { Checklist } from '../checklist.ts'

/** What is open at a place now and can be seen, the most pressing first. Without a place: at all that are held. */
export const openNow = (
  rows: readonly Checklist[],
  locationId: string | undefined,
  now: number,
): readonly Checklist[] =>
  rows
    .filter((list) => locationId === undefined || list.locationId === locationId)
    .filter(({ status }) => status === 'open' || status === 'in_progress')
    .filter(({ visibleAt, status }) => status === 'in_progress' || Date.parse(visibleAt) <= now)
    .filter(({ missedAt }) => missedAt === null || Date.parse(missedAt) > now)
    .sort((one, other) => at(one.dueAt) - at(other.dueAt) || one.name.localeCompare(other.name))

/** Handed over, it is whose it was given to; otherwise for whoever is on, or for a role this person holds there. */
export function isOwnList(
  { role, locationId, handOvers = [] }: Pick<Checklist, 'role' | 'locationId'> & Partial<Pick<Checklist, 'handOvers'>>,
  { memberId, holds }: { memberId?: string; holds: (role: string, locationId: string) => boolean },
): boolean {
  const given = handOvers.at(-1)
  if (given && memberId !== undefined) return given.to.id === memberId
  return role === null || holds(role, locationId)
}

const at = (instant: string | null) => (instant === null ? Number.MAX_SAFE_INTEGER : Date.parse(instant))
