import { useApi } from '@opsflow/platform/client/api-context'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { peopleRoutes } from '../routes.ts'

const devicesKey = ['devices']

export function useDevices(locationId: string | undefined) {
  const call = useApi<typeof peopleRoutes>()
  return useQuery({
    queryKey: [...devicesKey, locationId ?? null],
    queryFn: ({ signal }) => call('GET /devices', { query: { limit: 200, locationId }, signal }),
  })
}

export function useEnrolDevice() {
  const call = useApi<typeof peopleRoutes>()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: Parameters<typeof call<'POST /devices'>>[1]['body']) => call('POST /devices', { body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: devicesKey }),
  })
}

export function useRevokeDevice() {
  const call = useApi<typeof peopleRoutes>()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => call('DELETE /devices/{id}', { params: { id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: devicesKey }),
  })
}
