import { useApi } from '@opsflow/platform/client/api-context'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import type { peopleRoutes } from '../routes.ts'

export type EventFilter = {
  actorId?: string | undefined
  subjectId?: string | undefined
  name?: string | undefined
  locationId?: string | undefined
}

/** What was changed, newest first, as far back as has been asked for. */
export function useEvents(filter: EventFilter, limit = 50) {
  const call = useApi<typeof peopleRoutes>()
  return useInfiniteQuery({
    queryKey: ['events', filter, limit],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => call('GET /events', { query: { ...filter, limit, cursor: pageParam }, signal }),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  })
}
