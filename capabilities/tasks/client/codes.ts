import { useApi } from '@opsflow/platform/client/api-context'
import { useRows } from '@opsflow/platform/client/sync/use-replica'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { PlaceCode, placeCodeRoutes } from '../place-code.ts'
import { PLACE_CODE } from '../sync-entities.ts'

type Routes = typeof placeCodeRoutes
const codesKey = ['place-codes']

/** What a scanned code stands for, as this device knows: it needs no network. Undefined: none of mine. */
export function useCodeHere(code: string): PlaceCode | undefined {
  const rows = useRows<PlaceCode>(PLACE_CODE)
  return useMemo(() => rows.find((row) => row.code === code && row.revokedAt === null), [rows, code])
}

export function usePlaceCodes(locationId: string | undefined) {
  const call = useApi<Routes>()
  return useQuery({
    enabled: locationId !== undefined,
    queryKey: [...codesKey, locationId],
    queryFn: async ({ signal }) =>
      (await call('GET /place-codes', { query: { locationId: locationId ?? '' }, signal })).items,
  })
}

export function useMakeCode() {
  const call = useApi<Routes>()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: { locationId: string; unitId: string | null; label: string }) =>
      call('POST /place-codes', { body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: codesKey }),
  })
}

export function useRevokeCode() {
  const call = useApi<Routes>()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => call('DELETE /place-codes/{id}', { params: { id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: codesKey }),
  })
}

/** All that is told without signing in. */
export function useFaultPlace(code: string) {
  const call = useApi<Routes>()
  return useQuery({
    queryKey: ['fault-place', code],
    queryFn: ({ signal }) => call('GET /fault-reports', { query: { code }, signal }),
  })
}

/** A picture of what was just reported, made small on this device. */
export function useSendFaultPhoto() {
  const call = useApi<Routes>()
  return useMutation({
    mutationFn: async ({ code, reportId, photo }: { code: string; reportId: string; photo: Blob }) => {
      const body = new Uint8Array(await photo.arrayBuffer())
      return call('POST /fault-reports/photos', {
        query: { code, reportId },
        body,
        contentType: 'application/octet-stream',
      })
    },
  })
}

export function useReportFault() {
  const call = useApi<Routes>()
  return useMutation({
    mutationFn: (body: { code: string; reportId: string; text: string; name: string; website: string }) =>
      call('POST /fault-reports', { body }),
  })
}
