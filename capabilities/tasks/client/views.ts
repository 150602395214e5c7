import { useApi } from '@opsflow/platform/client/api-context'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { TaskFilter } from '../task-filter.ts'
import type { taskViewRoutes } from '../view-routes.ts'

type Routes = typeof taskViewRoutes
const viewsKey = ['task-views']

/** The lists I saved. They follow me to every device; without a network there are the usual ones. */
export function useTaskViews() {
  const call = useApi<Routes>()
  return useQuery({
    queryKey: viewsKey,
    staleTime: 300_000,
    queryFn: async ({ signal }) => (await call('GET /task-views', { signal })).items,
  })
}

export function useSaveView() {
  const call = useApi<Routes>()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: { name: string; filter: TaskFilter }) => call('POST /task-views', { body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: viewsKey }),
  })
}

export function useForgetView() {
  const call = useApi<Routes>()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => call('DELETE /task-views/{id}', { params: { id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: viewsKey }),
  })
}
