import { useApi } from '@opsflow/platform/client/api-context'
import { useQuery } from '@tanstack/react-query'
import type { ledgerRoutes } from '../routes.ts'

const LOOK_AGAIN_MS = 5_000

/** A record's history. What waits to be sealed is asked about until it is. */
export function useRecordHistory(kind: string, id: string) {
  const call = useApi<typeof ledgerRoutes>()
  return useQuery({
    queryKey: ['ledger', 'history', kind, id],
    queryFn: ({ signal }) => call('GET /ledger/history', { query: { kind, id }, signal }),
    refetchInterval: ({ state }) => (state.data?.items.some(({ leaf }) => leaf === null) ? LOOK_AGAIN_MS : false),
  })
}

/** Fetches the proof of what is shown. */
export function useRecordProof(kind: string, id: string) {
  const call = useApi<typeof ledgerRoutes>()
  return (kept: number | undefined) =>
    call('GET /ledger/proof', { query: { kind, id, ...(kept !== undefined && { kept }) } })
}
