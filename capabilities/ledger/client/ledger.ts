import { useApi } from '@opsflow/platform/client/api-context'
import { useQuery } from '@tanstack/react-query'
import type { ledgerRoutes } from '../routes.ts'

const LOOK_AGAIN_MS = 10_000

/** How far the evidence log is sealed, kept up to date while it is looked at. */
export function useLedger() {
  const call = useApi<typeof ledgerRoutes>()
  return useQuery({
    queryKey: ['ledger'],
    queryFn: ({ signal }) => call('GET /ledger', { signal }),
    refetchInterval: LOOK_AGAIN_MS,
  })
}
