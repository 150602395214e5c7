import { useApi } from '@opsflow/platform/client/api-context'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import type { taskRoutes } from '../routes.ts'
import type { TaskChange } from '../task.ts'

const tasksKey = ['tasks']

export function useTasks(query: { status?: 'open' | 'completed'; locationId?: string | undefined; mine?: 'true' }) {
  const call = useApi<typeof taskRoutes>()
  return useInfiniteQuery({
    queryKey: [...tasksKey, query],
    queryFn: ({ signal, pageParam }) =>
      call('GET /tasks', { query: { limit: 50, cursor: pageParam, ...query }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  })
}

export function useChangeTask() {
  const call = useApi<typeof taskRoutes>()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ id, status }: { id: string; status: TaskChange }) =>
      call('PATCH /tasks/{id}', { params: { id }, body: { status } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: tasksKey }),
  })
}
