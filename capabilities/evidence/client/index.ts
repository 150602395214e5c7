import { useApi } from '@opsflow/platform/client/api-context'
import { usePhotoOutbox } from '@opsflow/platform/client/files/use-photos'
import { ApiProblem } from '@opsflow/platform/client/problem'
import { useRows } from '@opsflow/platform/client/sync/use-replica'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Evidence, OwnerKind } from '../evidence.ts'
import type { evidenceRoutes } from '../routes.ts'
import { evidenceEntity } from '../sync-entity.ts'

type Routes = typeof evidenceRoutes

/**
 * The photos of one record: from the local copy, network or not. What was settled long ago has left it and is asked
 * for, once.
 */
export function useEvidence(ownerKind: OwnerKind, ownerId: string): readonly Evidence[] {
  const call = useApi<Routes>()
  const here = useEvidenceHere(ownerKind, ownerId)
  const asked = useQuery({
    queryKey: ['evidence', ownerKind, ownerId],
    queryFn: async ({ signal }) => (await call('GET /evidence', { query: { ownerKind, ownerId }, signal })).items,
    enabled: here.length === 0,
  })
  return here.length > 0 ? here : (asked.data ?? none)
}

/** What the local copy holds of it: enough for a list, which asks nobody. */
export function useEvidenceHere(ownerKind: OwnerKind, ownerId: string): readonly Evidence[] {
  const rows = useRows<Evidence>(evidenceEntity)
  return useMemo(
    () => rows.filter((item) => item.ownerKind === ownerKind && item.ownerId === ownerId).toSorted(asNamed),
    [rows, ownerKind, ownerId],
  )
}

const none: readonly Evidence[] = []
const asNamed = (one: Evidence, other: Evidence) =>
  Date.parse(one.namedAt) - Date.parse(other.namedAt) || one.id.localeCompare(other.id)

/** A supervisor does without what has not arrived. */
export function useWaiveEvidence(ownerKind: OwnerKind, ownerId: string) {
  const call = useApi<Routes>()
  return useMutation({
    mutationFn: (reason: string) => call('POST /evidence/waivers', { body: { ownerKind, ownerId, reason } }),
  })
}

/** The record a photo proves, as far as the local copy knows. */
export function useRecordOfPhoto(fileId: string): Pick<Evidence, 'ownerKind' | 'ownerId'> | undefined {
  return useRows<Evidence>(evidenceEntity).find((item) => item.fileId === fileId)
}

/** Tells the server why, then forgets the bytes. What no record there names, or has arrived, needs no telling. */
export function useGiveUpPhoto() {
  const call = useApi<Routes>()
  const photos = usePhotoOutbox()
  return useMutation({
    networkMode: 'always',
    mutationFn: async ({ id, reason }: { id: string; reason: string }) => {
      await call('POST /files/{id}/abandonments', { params: { id }, body: { reason } }).catch((error: unknown) => {
        if (!(error instanceof ApiProblem && [404, 409].includes(error.status))) throw error
      })
      await photos?.drop(id)
    },
  })
}
