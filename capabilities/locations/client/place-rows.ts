import type { Location } from '../location.ts'
import type { LocationGroup } from '../location-group.ts'
import { lineOf, pathOf } from '../place-tree.ts'
import type { Places } from './requests.ts'

/** A row of the tree: a group, or a location in it. */
export type PlaceRow = {
  id: string
  name: string
  level: number
  /** The group it lies in; null is the organization. */
  parentId: string | null
  isExpanded: boolean
  /** Its place among its neighbours, for readers of the screen: 2 of 5. */
  position: number
  siblings: number
} & ({ kind: 'group'; group: LocationGroup; isEmpty: boolean } | { kind: 'location'; location: Location })

/** What lies directly in a group: groups first, then locations, each by name. */
function contentOf({ groups, locations }: Places, parentId: string | null) {
  return {
    groups: groups.filter((group) => group.parentId === parentId && group.archivedAt === null).sort(byName),
    locations: locations.filter((location) => placeOf(groups, location) === parentId).sort(openFirst),
  }
}

/** A location whose group this person does not see stands at the top. */
const placeOf = (groups: readonly LocationGroup[], { groupId }: Location) =>
  groups.some(({ id }) => id === groupId) ? groupId : null

/** The rows that show, from top to bottom. */
export function rowsOf(
  places: Places,
  expanded: ReadonlySet<string>,
  parentId: string | null = null,
  level = 1,
): PlaceRow[] {
  const { groups, locations } = contentOf(places, parentId)
  const siblings = groups.length + locations.length
  return [
    ...groups.flatMap((group, n): PlaceRow[] => {
      const inside = contentOf(places, group.id)
      const isEmpty = inside.groups.length + inside.locations.length === 0
      const isExpanded = expanded.has(group.id) && !isEmpty
      const { id, name } = group
      const row = {
        id,
        name,
        level,
        parentId,
        isExpanded,
        position: n + 1,
        siblings,
        kind: 'group' as const,
        group,
        isEmpty,
      }
      return [row, ...(isExpanded ? rowsOf(places, expanded, id, level + 1) : [])]
    }),
    ...locations.map((location, n): PlaceRow => {
      const { id, name } = location
      const position = groups.length + n + 1
      return { id, name, level, parentId, isExpanded: false, position, siblings, kind: 'location', location }
    }),
  ]
}

/** Only what bears the words, and the way to it. */
export function found(places: Places, words: string): Places {
  const isFound = ({ name }: { name: string }) => name.toLocaleLowerCase().includes(words.trim().toLocaleLowerCase())
  const hitGroups = places.groups.filter(isFound)
  const locations = places.locations.filter(
    (location) =>
      isFound(location) ||
      location.code?.toLocaleLowerCase() === words.trim().toLocaleLowerCase() ||
      lineOf(places.groups, location.groupId).some(isFound),
  )
  const line = [...hitGroups.map(({ id }) => id), ...locations.map(({ groupId }) => groupId)].flatMap((id) =>
    lineOf(places.groups, id).map((group) => group.id),
  )
  const kept = new Set(line)
  return { groups: places.groups.filter(({ id }) => kept.has(id)), locations }
}

/** Where something can be moved, by path; the organization itself first. */
export const targetsOf = ({ groups }: Places) =>
  groups
    .filter(({ manageable, archivedAt }) => manageable && archivedAt === null)
    .map(({ id }) => ({ id, path: pathOf(groups, id) }))
    .sort((one, other) => one.path.localeCompare(other.path))

const byName = (one: { name: string }, other: { name: string }) => one.name.localeCompare(other.name)
const openFirst = (one: Location, other: Location) =>
  Number(one.closedAt !== null) - Number(other.closedAt !== null) || byName(one, other)
