import { useApi } from '@opsflow/platform/client/api-context'
import { useRow, useRows } from '@opsflow/platform/client/sync/use-replica'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { Finding } from '../finding.ts'
import type { findingRoutes } from '../routes.ts'
import { FINDING } from '../words.ts'

type Routes = typeof findingRoutes

/** One by its id, or by its task's: from the local copy, and where that does not hold it any more, from the server. */
export function useFinding(id: string) {
  const call = useApi<Routes>()
  const own = useRow<Finding>(FINDING, id)
  const rows = useRows<Finding>(FINDING)
  const here = own ?? rows.find((one) => one.taskId === id && one.state !== 'repeated')
  const asked = useQuery({
    enabled: here === undefined,
    queryKey: ['findings', 'one', id],
    queryFn: async ({ signal }) => {
      const { items } = await call('GET /findings', { query: { taskId: id, sort: 'newest', limit: 1 }, signal })
      return items[0] ?? call('GET /findings/{id}', { params: { id }, signal })
    },
  })
  return { finding: here ?? asked.data, error: asked.error, refetch: asked.refetch }
}

/** All there ever were, the latest first: only the server has them. */
export function useAllFindings(locationId: string | undefined, enabled: boolean) {
  const call = useApi<Routes>()
  return useInfiniteQuery({
    enabled,
    queryKey: ['findings', 'all', locationId],
    queryFn: ({ pageParam, signal }) =>
      call('GET /findings', { query: { locationId, sort: 'newest', limit: 50, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  })
}

/** What an audit found, of one that has left this device. */
export function useFindingsOf(checklistId: string, enabled: boolean) {
  const call = useApi<Routes>()
  return useQuery({
    enabled,
    queryKey: ['findings', 'of', checklistId],
    queryFn: async ({ signal }) => (await call('GET /findings', { query: { checklistId, limit: 200 }, signal })).items,
  })
}

const DAYS = 180
const DAY_MS = 86_400_000

/** Which items are found most, over the last half year: only the server has all of it. */
export function useMostFound(locationId: string | undefined) {
  const call = useApi<Routes>()
  const day = (ago: number) => new Date(Date.now() - ago * DAY_MS).toISOString().slice(0, 10)
  return useQuery({
    queryKey: ['findings', 'most', locationId],
    queryFn: async ({ signal }) =>
      (
        await call('GET /findings/most-found', {
          query: { locationId, from: day(DAYS), to: day(0), limit: 30 },
          signal,
        })
      ).items,
  })
}
