import { useApi } from '@opsflow/platform/client/api-context'
import type { CallInput } from '@opsflow/platform/route'
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { AuditImport } from '../audit-import.ts'
import type { importRoutes } from '../routes.ts'

type Routes = typeof importRoutes
type BodyOf<K extends keyof Routes> = CallInput<Routes[K]> extends { body: infer B } ? B : never

const POLL_MS = 700
const moves = (state: AuditImport['state'] | undefined) =>
  state === 'receiving' || state === 'reading' || state === 'running'

/** Asked again while something goes on with it. */
export function useAuditImport(id: string) {
  const call = useApi<Routes>()
  return useQuery({
    queryKey: ['audit-imports', id],
    queryFn: ({ signal }) => call('GET /audit-imports/{id}', { params: { id }, signal }),
    refetchInterval: ({ state }) => (moves(state.data?.state) ? POLL_MS : false),
  })
}

export function useAuditImports() {
  const call = useApi<Routes>()
  return useQuery({
    queryKey: ['audit-imports'],
    queryFn: async ({ signal }) => (await call('GET /audit-imports', { query: { limit: 10 }, signal })).items,
  })
}

function useImportChange<In>(send: (call: ReturnType<typeof useApi<Routes>>, given: In) => Promise<AuditImport>) {
  const call = useApi<Routes>()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (given: In) => send(call, given),
    onSuccess: (one) => {
      queries.setQueryData(['audit-imports', one.id], one)
      void queries.invalidateQueries({ queryKey: ['audit-imports'] })
      void queries.invalidateQueries({ queryKey: ['audits'] })
    },
  })
}

/** A file goes as it lies on the disk: a large one is never held as a whole. */
export const useSendFile = () =>
  useImportChange((call, file: File) =>
    call('POST /audit-imports', {
      query: { fileName: file.name },
      body: file as unknown as AsyncIterable<Uint8Array>,
      contentType: 'application/octet-stream',
    }),
  )

export const useReadOtherwise = (id: string) =>
  useImportChange((call, body: BodyOf<'PUT /audit-imports/{id}/reading'>) =>
    call('PUT /audit-imports/{id}/reading', { params: { id }, body }),
  )

export const useBeginImport = (id: string) =>
  useImportChange((call, makeTemplates: boolean) =>
    call('POST /audit-imports/{id}/runs', { params: { id }, body: { makeTemplates } }),
  )

export const useCancelImport = (id: string) =>
  useImportChange((call, _: undefined) => call('POST /audit-imports/{id}/cancellations', { params: { id } }))

export type PlacesAsked = { show: 'all' | 'proposed' | 'placed' | 'open'; q: string }

export function usePlaces(id: string, { show, q }: PlacesAsked) {
  const call = useApi<Routes>()
  return useInfiniteQuery({
    queryKey: ['audit-imports', id, 'places', show, q],
    queryFn: ({ pageParam, signal }) =>
      call('GET /audit-imports/{id}/places', {
        params: { id },
        query: { show, limit: 50, cursor: pageParam, ...(q && { q }) },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  })
}

export function useSayPlaces(id: string) {
  const call = useApi<Routes>()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (items: BodyOf<'PUT /audit-imports/{id}/places'>['items']) =>
      call('PUT /audit-imports/{id}/places', { params: { id }, body: { items } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['audit-imports', id, 'places'] }),
  })
}

export function useRefusedRows(id: string, enabled: boolean) {
  const call = useApi<Routes>()
  return useQuery({
    enabled,
    queryKey: ['audit-imports', id, 'errors'],
    queryFn: async ({ signal }) =>
      (await call('GET /audit-imports/{id}/errors', { params: { id }, query: { limit: 50 }, signal })).items,
  })
}
