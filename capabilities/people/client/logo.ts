import { useApi } from '@opsflow/platform/client/api-context'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Logo, logoRoutes } from '../logo.ts'

type Routes = typeof logoRoutes
const key = ['organization-logo']

/** The one in use; null: there is none. */
export function useLogoInUse() {
  const call = useApi<Routes>()
  return useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => (await call('GET /organization-logo', { signal })).logo,
  })
}

/** Sent, and in use from then on. */
export function useSendLogo() {
  const call = useApi<Routes>()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (file: File) =>
      call('POST /organization-logos', {
        body: new Uint8Array(await file.arrayBuffer()),
        contentType: 'application/octet-stream',
      }),
    onSuccess: (logo: Logo) => queries.setQueryData(key, logo),
  })
}

/** One that was sent before, or none. */
export function useChooseLogo() {
  const call = useApi<Routes>()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (id: string | null) => call('PUT /organization-logo', { body: { id } }),
    onSuccess: ({ logo }) => queries.setQueryData(key, logo),
  })
}
