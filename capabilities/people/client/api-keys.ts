import { useApi } from '@opsflow/platform/client/api-context'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { peopleRoutes } from '../routes.ts'

const apiKeysKey = ['api-keys']

export function useApiKeys() {
  const call = useApi<typeof peopleRoutes>()
  return useQuery({
    queryKey: apiKeysKey,
    queryFn: ({ signal }) => call('GET /api-keys', { query: { limit: 200 }, signal }),
  })
}

export function useMakeApiKey() {
  const call = useApi<typeof peopleRoutes>()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: Parameters<typeof call<'POST /api-keys'>>[1]['body']) => call('POST /api-keys', { body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: apiKeysKey }),
  })
}

export function useRevokeApiKey() {
  const call = useApi<typeof peopleRoutes>()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => call('DELETE /api-keys/{id}', { params: { id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: apiKeysKey }),
  })
}
