import { useApi } from '@opsflow/platform/client/api-context'
import { useSimpleWrite } from '@opsflow/platform/client/sync/use-write'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { taskRoutes } from '../routes.ts'
import type { TaskChange } from '../task.ts'

const tasksKey = ['tasks']

/** What only the server has: asked for when someone looks beyond the local copy. */
export function useOlderTasks(
  query: { status?: 'open' | 'completed'; locationId?: string | undefined; mine?: 'true' },
  enabled: boolean,
) {
  const call = useApi<typeof taskRoutes>()
  return useInfiniteQuery({
    enabled,
    queryKey: [...tasksKey, query],
    queryFn: ({ signal, pageParam }) =>
      call('GET /tasks', { query: { limit: 50, cursor: pageParam, ...query }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  })
}

const change = { name: 'tasks.change', load: async () => (await import('../sync.ts')).taskMutators.change }

export const useChangeTask = () => useSimpleWrite(change, (change: { id: string; status: TaskChange }) => change)
