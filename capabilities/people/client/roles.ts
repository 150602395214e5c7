import { useApi } from '@opsflow/platform/client/api-context'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { peopleRoutes } from '../routes.ts'

const rolesKey = ['roles']

export function useRoles() {
  const call = useApi<typeof peopleRoutes>()
  return useQuery({ queryKey: rolesKey, queryFn: ({ signal }) => call('GET /roles', { signal }) })
}

export function useMakeRole() {
  const call = useApi<typeof peopleRoutes>()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: Parameters<typeof call<'POST /roles'>>[1]['body']) => call('POST /roles', { body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: rolesKey }),
  })
}

export function useChangeRole() {
  const call = useApi<typeof peopleRoutes>()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ id, ...body }: { id: string } & Parameters<typeof call<'PATCH /roles/{id}'>>[1]['body']) =>
      call('PATCH /roles/{id}', { params: { id }, body }),
    // Also after a refusal: someone else may have changed it.
    onSettled: () => queries.invalidateQueries({ queryKey: rolesKey }),
  })
}

export function useArchiveRole() {
  const call = useApi<typeof peopleRoutes>()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => call('DELETE /roles/{id}', { params: { id } }),
    onSettled: () => queries.invalidateQueries({ queryKey: rolesKey }),
  })
}
