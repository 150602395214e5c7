import { useLeadersHere } from '@opsflow/capabilities/tasks/client'
import { useApi } from '@opsflow/platform/client/api-context'
import type { Seated } from '@opsflow/platform/client/sync/seat'
import { useRows, useSyncStatus } from '@opsflow/platform/client/sync/use-replica'
import { useSignedWrite, useSimpleWrite } from '@opsflow/platform/client/sync/use-write'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { z } from 'zod'
import { type Duty, isOnDuty } from '../on-duty.ts'
import type { alertRoutes } from '../routes.ts'
import type { alertMutators } from '../sync.ts'
import { DUTY } from '../sync-entities.ts'

type Mutators = typeof alertMutators
type Args<Name extends keyof Mutators> = z.input<Mutators[Name]['args']>
const same = <Input>(input: Input) => input
const load = async <Name extends keyof Mutators>(name: Name) => (await import('../sync.ts')).alertMutators[name]

/** Who is manager on duty at each location, as this device knows. */
export function useDuties(now: number): ReadonlyMap<string, Duty> {
  const rows = useRows<Duty>(DUTY)
  return useMemo(() => {
    const running = rows.filter((duty) => isOnDuty(duty, now)).sort((a, b) => a.startsAt.localeCompare(b.startsAt))
    return new Map(running.map((duty) => [duty.locationId, duty]))
  }, [rows, now])
}

/** Who can be given the duty there: the server knows; without a network, who this device last heard of, and when. */
export function useDutyCandidates(locationId: string, enabled: boolean) {
  const call = useApi<typeof alertRoutes>()
  const { data, dataUpdatedAt } = useQuery({
    enabled,
    staleTime: 300_000,
    queryKey: ['duty-candidates', locationId],
    queryFn: ({ signal }) => call('GET /duty-candidates', { query: { locationId }, signal }),
  })
  const here = useLeadersHere(locationId)
  const isLive = useSyncStatus().connection === 'live'
  if (data && (isLive || dataUpdatedAt >= (here.asOf ?? 0)))
    return { people: data.items, asOf: isLive ? undefined : dataUpdatedAt }
  return here
}

/** On a shared tablet it is signed with the PIN. */
type Signed<A> = A & { signedBy?: Seated | undefined }
const unsigned = <A extends object>({ signedBy: _, ...args }: Signed<A>) => args

export const useTakeDuty = () =>
  useSignedWrite(
    { name: 'alerts.take_duty', load: () => load('takeDuty') },
    (given: Signed<Args<'takeDuty'>>) => unsigned(given) as Args<'takeDuty'>,
  )
export const useEndDuty = () =>
  useSignedWrite(
    { name: 'alerts.end_duty', load: () => load('endDuty') },
    (given: Signed<Args<'endDuty'>>) => unsigned(given) as Args<'endDuty'>,
  )
export const useGiveDuty = () =>
  useSimpleWrite({ name: 'alerts.give_duty', load: () => load('giveDuty') }, same<Args<'giveDuty'>>)
export const useUndoDuty = () =>
  useSimpleWrite({ name: 'alerts.undo_duty', load: () => load('undoDuty') }, same<Args<'undoDuty'>>)
