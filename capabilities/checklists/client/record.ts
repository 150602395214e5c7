import { useApi } from '@opsflow/platform/client/api-context'
import { useQuery } from '@tanstack/react-query'
import type { checklistRoutes } from '../checklist-routes.ts'

type Routes = typeof checklistRoutes

/** Everything about one checklist from the server: also what has left this device. */
export function useRecord(id: string, enabled: boolean) {
  const call = useApi<Routes>()
  return useQuery({
    queryKey: ['checklist', id],
    queryFn: ({ signal }) => call('GET /checklists/{id}', { params: { id }, signal }),
    enabled,
  })
}

/** Worth a look, for managers. Only the server knows the days before. */
export function useOddities(id: string, enabled: boolean) {
  const call = useApi<Routes>()
  return useQuery({
    queryKey: ['checklist-oddities', id],
    queryFn: async ({ signal }) => (await call('GET /checklists/{id}/oddities', { params: { id }, signal })).items,
    enabled,
  })
}

export function useOdditiesLately(locationId: string | undefined, enabled: boolean) {
  const call = useApi<Routes>()
  return useQuery({
    queryKey: ['checklist-oddities', 'lately', locationId],
    queryFn: async ({ signal }) => (await call('GET /checklists/oddities', { query: { locationId }, signal })).items,
    enabled,
  })
}
