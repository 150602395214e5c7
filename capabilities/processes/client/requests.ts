import { useApi } from '@opsflow/platform/client/api-context'
import { useRow } from '@opsflow/platform/client/sync/use-replica'
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import type { Process } from '../process.ts'
import type { processRoutes } from '../routes.ts'
import { PROCESS } from '../sync-entities.ts'

type Routes = typeof processRoutes

/** One process: from the local copy, and where that does not hold it any more, from the server. */
export function useProcess(id: string) {
  const call = useApi<Routes>()
  const here = useRow<Process>(PROCESS, id)
  const asked = useQuery({
    enabled: here === undefined,
    queryKey: ['processes', 'one', id],
    queryFn: ({ signal }) => call('GET /processes/{id}', { params: { id }, signal }),
  })
  return { process: here ?? asked.data, error: asked.error, refetch: asked.refetch }
}

/** What only the server has: asked for when someone looks further back than two weeks. */
export function useOlderProcesses(locationId: string | undefined, enabled: boolean) {
  const call = useApi<Routes>()
  return useInfiniteQuery({
    enabled,
    queryKey: ['processes', 'list', locationId],
    queryFn: ({ signal, pageParam }) =>
      call('GET /processes', { query: { limit: 50, cursor: pageParam, ...(locationId && { locationId }) }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  })
}

/** A probe is registered where there is a network; the local copy hears of it. */
export function useRegisterProbe() {
  const call = useApi<Routes>()
  return useMutation({
    mutationFn: (body: { locationId: string; name: string; serial: string; everyDays: number }) =>
      call('POST /probes', { body }),
  })
}

export function useChangeProbe(id: string) {
  const call = useApi<Routes>()
  return useMutation({
    mutationFn: (body: { name?: string; serial?: string; everyDays?: number; retired?: boolean }) =>
      call('PATCH /probes/{id}', { params: { id }, body }),
  })
}
