import type { locationRoutes } from '@opsflow/capabilities/locations'
import { useApi } from '@opsflow/platform/client/api-context'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import type { PolicyChange, PreviewOf } from '../policy-record.ts'
import type { alertRoutes } from '../routes.ts'

type Routes = typeof alertRoutes
const key = ['alert-policies']

export function usePolicies(enabled: boolean) {
  const call = useApi<Routes>()
  return useQuery({ enabled, queryKey: key, queryFn: ({ signal }) => call('GET /alert-policies', { signal }) })
}

export function useSavePolicy() {
  const call = useApi<Routes>()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: PolicyChange) => call('PUT /alert-policies', { body }),
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
  })
}

export function useTakeBackPolicy() {
  const call = useApi<Routes>()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => call('DELETE /alert-policies/{id}', { params: { id } }),
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
  })
}

/** Whom it would tell at a location, by the rule that will tell them. */
export function usePolicyPreview(body: z.input<typeof PreviewOf> | undefined) {
  const call = useApi<Routes>()
  return useQuery({
    enabled: body !== undefined,
    queryKey: [...key, 'preview', body],
    queryFn: () => call('POST /alert-policies/previews', { body: body as z.input<typeof PreviewOf> }),
    placeholderData: keepPreviousData,
  })
}

export function useGroupChoices() {
  const call = useApi<typeof locationRoutes>()
  const { data } = useQuery({
    queryKey: ['location-groups', 'choices'],
    queryFn: ({ signal }) => call('GET /location-groups', { query: { limit: 200 }, signal }),
  })
  return data?.items ?? []
}
