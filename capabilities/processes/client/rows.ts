import { useReplica, useRow, useRows } from '@opsflow/platform/client/sync/use-replica'
import { useEffect, useMemo, useState } from 'react'
import { inOrder } from '../judge-process.ts'
import type { Probe } from '../probe.ts'
import type { Process } from '../process.ts'
import type { Place } from '../process-deeds.ts'
import { PROBE, PROCESS } from '../sync-entities.ts'

/** Of a location, or of all that are held: the latest first. */
export function useProcessRows(locationId: string | undefined): readonly Process[] {
  const rows = useRows<Process>(PROCESS)
  return useMemo(
    () =>
      rows
        .filter((row) => locationId === undefined || row.locationId === locationId)
        .sort((one, other) => Date.parse(other.beganAt) - Date.parse(one.beganAt)),
    [rows, locationId],
  )
}

/** What was done lately with foods of a kind: their names, the latest first. */
export function useRecentProducts(locationId: string, kind: Process['kind']): readonly string[] {
  const rows = useProcessRows(locationId)
  return useMemo(() => {
    const ofKind = rows.filter((row) => row.kind === kind)
    return [...new Set([...ofKind, ...rows].map(({ product }) => product))].slice(0, 8)
  }, [rows, kind])
}

/** The probes in use at a location, by name. */
export function useProbeRows(locationId: string | undefined): readonly Probe[] {
  const rows = useRows<Probe>(PROBE)
  return useMemo(
    () =>
      rows
        .filter((probe) => probe.locationId === locationId && probe.retiredAt === null)
        .sort((one, other) => one.name.localeCompare(other.name)),
    [rows, locationId],
  )
}

/** The rules and the clock of a location, as this device knows. */
export const usePlace = (locationId: string): (Place & { temperatureUnit: 'F' | 'C' }) | undefined =>
  useRow<Place & { temperatureUnit: 'F' | 'C' }>('location', locationId)

/** The time, as well as this device can know it, some times a minute: what is counted down to does not follow a wrong wall clock. */
export function useNow(everyMs = 5000): number {
  const replica = useReplica()
  const [now, setNow] = useState(() => replica?.now() ?? Date.now())
  useEffect(() => {
    const look = () => setNow(replica?.now() ?? Date.now())
    look()
    const timer = setInterval(look, everyMs)
    return () => clearInterval(timer)
  }, [replica, everyMs])
  return now
}

/** What was done, in its order: rows of this device come in the order in which they arrived. */
export const useSteps = (process: Process) => useMemo(() => inOrder(process.steps), [process.steps])
