import { useApi } from '@opsflow/platform/client/api-context'
import type { CallInput } from '@opsflow/platform/route'
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { CorrectiveActionRecord } from '../records.ts'
import type { Import, temperatureRoutes } from '../routes.ts'
import { useActionRow, useActionRows } from './rows.ts'

type Routes = typeof temperatureRoutes
type BodyOf<Key extends keyof Routes> = CallInput<Routes[Key]> extends { body: infer Body } ? Body : never
type QueryOf<Key extends keyof Routes> = CallInput<Routes[Key]> extends { query?: infer Query } ? Query : never

/** Everything fetched about temperature; a change by this person makes all of it worth asking for again. */
const temperatureKey = ['temperature']

const useCall = () => useApi<Routes>()

/** One way to change something: the answer is the new state, whatever was fetched before is stale. */
function useChange<Input, Result>(change: (call: ReturnType<typeof useCall>, input: Input) => Promise<Result>) {
  const call = useCall()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (input: Input) => change(call, input),
    onSuccess: () => queries.invalidateQueries({ queryKey: temperatureKey }),
  })
}

export function useUnits(query: QueryOf<'GET /units'> = {}) {
  const call = useCall()
  return useQuery({
    queryKey: [...temperatureKey, 'units', query],
    queryFn: ({ signal }) => call('GET /units', { query: { limit: 200, ...query }, signal }),
  })
}

export function useUnit(id: string, enabled = true) {
  const call = useCall()
  return useQuery({
    enabled,
    queryKey: [...temperatureKey, 'unit', id],
    queryFn: ({ signal }) => call('GET /units/{id}', { params: { id }, signal }),
  })
}

export function useSeries(id: string, query: QueryOf<'GET /units/{id}/series'> & object) {
  const call = useCall()
  return useQuery({
    queryKey: [...temperatureKey, 'series', id, query],
    queryFn: ({ signal }) => call('GET /units/{id}/series', { params: { id }, query, signal }),
    placeholderData: keepPreviousData,
  })
}

export function useLogs(query: QueryOf<'GET /temperature-logs'>) {
  const call = useCall()
  return useInfiniteQuery({
    queryKey: [...temperatureKey, 'logs', query],
    queryFn: ({ signal, pageParam }) =>
      call('GET /temperature-logs', { query: { limit: 50, cursor: pageParam, ...query }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  })
}

/** What only the server has: asked for when someone looks beyond the local copy. */
export function useOlderAlarms(query: QueryOf<'GET /alarms'>, enabled: boolean) {
  const call = useCall()
  return useInfiniteQuery({
    enabled,
    queryKey: [...temperatureKey, 'alarms', query],
    queryFn: ({ signal, pageParam }) =>
      call('GET /alarms', { query: { limit: 50, cursor: pageParam, ...query }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  })
}

export function useOlderActions(query: QueryOf<'GET /corrective-actions'>, enabled: boolean) {
  const call = useCall()
  return useInfiniteQuery({
    enabled,
    queryKey: [...temperatureKey, 'actions', query],
    queryFn: ({ signal, pageParam }) =>
      call('GET /corrective-actions', { query: { limit: 50, cursor: pageParam, ...query }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  })
}

/** As the local copy has it; one that was closed before its window is asked for. */
export function useCorrectiveAction(id: string) {
  const call = useCall()
  const here = useActionRow(id)
  const query = useQuery({
    enabled: here === undefined,
    queryKey: [...temperatureKey, 'action', id],
    queryFn: ({ signal }) => call('GET /corrective-actions/{id}', { params: { id }, signal }),
  })
  return { action: here ?? query.data, error: here ? undefined : query.error, retry: query.refetch }
}

/** Of a unit, the last one that was opened before then: from this device, and what it does not hold, from the server. */
export function useLastAction(unitId: string, before: string): CorrectiveActionRecord | undefined {
  const call = useCall()
  const isEarlier = (one: CorrectiveActionRecord) =>
    one.unitId === unitId && Date.parse(one.openedAt) < Date.parse(before)
  const here = useActionRows(undefined).find(isEarlier)
  const asked = useQuery({
    enabled: here === undefined,
    queryKey: [...temperatureKey, 'last-action', unitId],
    queryFn: async ({ signal }) =>
      (await call('GET /corrective-actions', { query: { unitId, limit: 20 }, signal })).items,
  })
  return here ?? asked.data?.find(isEarlier)
}

export function useSensors(unitId: string) {
  const call = useCall()
  return useQuery({
    queryKey: [...temperatureKey, 'sensors', unitId],
    queryFn: ({ signal }) => call('GET /sensors', { query: { unitId, limit: 50 }, signal }),
  })
}

export function useLimits() {
  const call = useCall()
  return useQuery({
    queryKey: [...temperatureKey, 'limits'],
    queryFn: ({ signal }) => call('GET /limits', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** Refetched by itself every few minutes, and whenever this person changes something. */
export function useWeek() {
  const call = useCall()
  return useQuery({
    queryKey: [...temperatureKey, 'week'],
    queryFn: ({ signal }) => call('GET /dashboard/week', { signal }),
    refetchInterval: 180_000,
  })
}

export const useSetUpUnit = () => useChange((call, body: BodyOf<'POST /units'>) => call('POST /units', { body }))

export const useChangeUnit = (id: string) =>
  useChange((call, body: BodyOf<'PATCH /units/{id}'>) => call('PATCH /units/{id}', { params: { id }, body }))

export const useSetPolicy = (id: string) =>
  useChange((call, body: BodyOf<'POST /units/{id}/policies'>) =>
    call('POST /units/{id}/policies', { params: { id }, body }),
  )

export const useSetUpSensor = () => useChange((call, body: BodyOf<'POST /sensors'>) => call('POST /sensors', { body }))

export const useUploadImport = () =>
  useChange(async (call, { unitId, file }: { unitId: string; file: File }) =>
    call('POST /imports', {
      query: { unitId, fileName: file.name },
      body: new Uint8Array(await file.arrayBuffer()),
    }),
  )

export const useRunImport = (id: string) =>
  useChange((call, mapping: BodyOf<'POST /imports/{id}/runs'>['mapping']) =>
    call('POST /imports/{id}/runs', { params: { id }, body: { mapping } }),
  )

const importPollMs = 700

/** Asked again while it runs. */
export function useImport(id: string | undefined) {
  const call = useCall()
  return useQuery({
    queryKey: ['imports', id],
    queryFn: ({ signal }) => call('GET /imports/{id}', { params: { id: id ?? '' }, signal }),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (state.data && isSettled(state.data) ? false : importPollMs),
  })
}

const isSettled = ({ state }: Import) => state === 'done' || state === 'failed' || state === 'paused'

export function useImportErrors(id: string, enabled: boolean) {
  const call = useCall()
  return useQuery({
    queryKey: ['imports', id, 'errors'],
    queryFn: ({ signal }) => call('GET /imports/{id}/errors', { params: { id }, query: { limit: 200 }, signal }),
    enabled,
  })
}
