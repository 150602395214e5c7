import { usePlaces } from '@opsflow/capabilities/locations/client'
import { useMemo } from 'react'

type Groups = readonly { id: string; parentId: string | null }[]

/** Does a location lie in the node that is chosen? The server decides the same for what it is asked. */
export function useGroupPlaces({ locationId, groupId }: { locationId?: string; groupId?: string }) {
  const { data } = usePlaces()
  return useMemo(() => {
    if (locationId !== undefined) return (id: string) => id === locationId
    if (groupId === undefined) return () => true
    const groupOf = new Map((data?.locations ?? []).map((place) => [place.id, place.groupId]))
    return (id: string) => isBelow(data?.groups ?? [], groupOf.get(id) ?? null, groupId)
  }, [data, locationId, groupId])
}

function isBelow(groups: Groups, id: string | null, wanted: string): boolean {
  if (id === null || id === wanted) return id === wanted
  return isBelow(groups, groups.find((group) => group.id === id)?.parentId ?? null, wanted)
}
