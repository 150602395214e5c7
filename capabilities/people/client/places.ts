import type { LocationGroup, locationRoutes } from '@opsflow/capabilities/locations'
import { pathOf } from '@opsflow/capabilities/locations'
import { useApi } from '@opsflow/platform/client/api-context'
import { useViewer } from '@opsflow/platform/client/viewer'
import { useQuery } from '@tanstack/react-query'

/** A node of the tree as a choice: the whole organization, a group with all below it, or a location. */
export type PlaceChoice = { value: string; label: string; kind: 'organization' | 'group' | 'location' }

/** Where a role may be given, from the widest to the narrowest. */
export function usePlaceChoices(organization: string): PlaceChoice[] {
  const viewer = useViewer()
  const groups = useGroups()
  return [
    ...(viewer.canEverywhere('people.manage')
      ? [{ value: 'organization', label: organization, kind: 'organization' as const }]
      : []),
    ...groups
      .map(({ id }) => ({ value: `group ${id}`, label: pathOf(groups, id), kind: 'group' as const }))
      .sort(byLabel),
    ...viewer.locations
      .filter(({ id }) => viewer.can('people.manage', id))
      .map(({ id, name }) => ({ value: `location ${id}`, label: name, kind: 'location' as const })),
  ]
}

export const placeIn = (value: string) => {
  const [kind, id = ''] = value.split(' ')
  return { groupId: kind === 'group' ? id : null, locationId: kind === 'location' ? id : null }
}

/** A group by the way to it: `East > Boston`. */
export function useGroupPath() {
  const groups = useGroups()
  return (id: string) => pathOf(groups, id)
}

function useGroups(): readonly LocationGroup[] {
  const call = useApi<typeof locationRoutes>()
  const { data } = useQuery({
    queryKey: ['location-groups', 'choices'],
    queryFn: ({ signal }) => call('GET /location-groups', { query: { limit: 200 }, signal }),
  })
  return data?.items ?? []
}

const byLabel = (one: { label: string }, other: { label: string }) => one.label.localeCompare(other.label)
