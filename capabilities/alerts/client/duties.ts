import { useRows } from '@opsflow/platform/client/sync/use-replica'
import { useSimpleWrite } from '@opsflow/platform/client/sync/use-write'
import { useMemo } from 'react'
import type { z } from 'zod'
import { type Duty, isOnDuty } from '../on-duty.ts'
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

export const useTakeDuty = () =>
  useSimpleWrite({ name: 'alerts.take_duty', load: () => load('takeDuty') }, same<Args<'takeDuty'>>)
export const useEndDuty = () =>
  useSimpleWrite({ name: 'alerts.end_duty', load: () => load('endDuty') }, same<Args<'endDuty'>>)
