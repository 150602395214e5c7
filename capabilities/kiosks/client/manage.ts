import { useApi } from '@opsflow/platform/client/api-context'
import type { CallInput } from '@opsflow/platform/route'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { kioskRoutes } from '../routes.ts'

type Routes = typeof kioskRoutes
type BodyOf<Key extends keyof Routes> = CallInput<Routes[Key]> extends { body: infer Body } ? Body : never

const kiosksKey = ['kiosks']
const useCall = () => useApi<Routes>()

/** Tablets change by themselves: they come by, and they are enrolled where nobody of us looks. */
export function useKiosks(locationId: string | undefined) {
  const call = useCall()
  return useQuery({
    queryKey: [...kiosksKey, locationId ?? null],
    queryFn: ({ signal }) => call('GET /kiosks', { query: { limit: 200, locationId }, signal }),
    refetchInterval: 5_000,
  })
}

function useChange<Input, Result>(change: (call: ReturnType<typeof useCall>, input: Input) => Promise<Result>) {
  const call = useCall()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (input: Input) => change(call, input),
    onSuccess: () => queries.invalidateQueries({ queryKey: kiosksKey }),
  })
}

export const useSetUpKiosk = () => useChange((call, body: BodyOf<'POST /kiosks'>) => call('POST /kiosks', { body }))

export const useChangeKiosk = () =>
  useChange((call, { id, ...body }: BodyOf<'PATCH /kiosks/{id}'> & { id: string }) =>
    call('PATCH /kiosks/{id}', { params: { id }, body }),
  )

export const useRenewCode = () =>
  useChange((call, id: string) => call('POST /kiosks/{id}/enrolments', { params: { id } }))

/** What only this tablet vouches for; asked when someone looks. */
export function useVouchedWork(id: string, enabled: boolean) {
  const call = useCall()
  return useQuery({
    enabled,
    queryKey: [...kiosksKey, 'vouched', id],
    queryFn: ({ signal }) => call('GET /kiosks/{id}/vouched-work', { params: { id }, query: { limit: 100 }, signal }),
  })
}

export const useWipeKiosk = () => useChange((call, id: string) => call('POST /kiosks/{id}/wipe', { params: { id } }))

export const useRevokeKiosk = () => useChange((call, id: string) => call('DELETE /kiosks/{id}', { params: { id } }))

export function usePins(locationId: string | undefined) {
  const call = useCall()
  return useQuery({
    queryKey: [...kiosksKey, 'pins', locationId],
    queryFn: ({ signal }) => call('GET /pins', { query: { locationId: locationId ?? '' }, signal }),
    enabled: locationId !== undefined,
  })
}

export const useGivePin = () =>
  useChange((call, memberId: string) => call('POST /members/{id}/temporary-pin', { params: { id: memberId } }))
