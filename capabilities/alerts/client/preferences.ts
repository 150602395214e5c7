import { useApi } from '@opsflow/platform/client/api-context'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { NoticePreferences } from '../policy-record.ts'
import type { alertRoutes } from '../routes.ts'

const key = ['notice-preferences']

export function useNoticePreferences() {
  const call = useApi<typeof alertRoutes>()
  return useQuery({ queryKey: key, queryFn: ({ signal }) => call('GET /notice-preferences', { signal }) })
}

/** A change shows at once; should the server not take it, the screen goes back to what it has. */
export function useSaveNoticePreferences() {
  const call = useApi<typeof alertRoutes>()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: NoticePreferences) => call('PUT /notice-preferences', { body }),
    onMutate: (next) => queries.setQueryData(key, next),
    onSuccess: (kept) => queries.setQueryData(key, kept),
    onError: () => queries.invalidateQueries({ queryKey: key }),
  })
}
