import { useApi } from '@opsflow/platform/client/api-context'
import { useReplica, useRows, useSyncStatus } from '@opsflow/platform/client/sync/use-replica'
import { useViewer, type Viewer } from '@opsflow/platform/client/viewer'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Crew } from '../crew.ts'
import type { taskRoutes } from '../routes.ts'
import { TASK } from '../sync-entities.ts'
import type { Task } from '../task.ts'

type Routes = typeof taskRoutes
type Named = { id: string; name: string }

/** Crews of the places this device holds, as the server told them at its last contact. */
type KeptCrews = { at: number; items: readonly Crew[] }
const MEMO = 'crew/here'
const LOOK_EVERY_MS = 10 * 60_000

/**
 * Keeps on this device who can be given work, by name, at the places it holds: asked for at each contact with the
 * server and now and then, whether or not anybody opens such a list. Whoever has left is gone from it then, and
 * all of them where nobody may be given work any more.
 */
export function useKeepCrews({ can, isShared }: Pick<Viewer, 'can' | 'isShared'>) {
  const call = useApi<Routes>()
  const queries = useQueryClient()
  const replica = useReplica()
  const { connection, isReady } = useSyncStatus()
  const held = useRows<Named>('location')
  const asked = held.flatMap(({ id }) => (can('tasks.create', id) ? [id] : [])).sort()
  useQuery({
    // At a shared tablet whoever may not give work leaves the list to those who may.
    enabled: isReady && connection === 'live' && (asked.length > 0 || !isShared),
    staleTime: 0,
    refetchInterval: LOOK_EVERY_MS,
    queryKey: ['crews', asked.join()],
    queryFn: async ({ signal }) => {
      const { items } =
        asked.length > 0 ? await call('GET /crews', { query: { locationIds: asked.join() }, signal }) : { items: [] }
      await replica?.keepMemo(MEMO, { at: Date.now(), items } satisfies KeptCrews)
      await queries.invalidateQueries({ queryKey: ['crews-here'] })
      return items.length
    },
  })
}

function useCrewHere(locationId: string | undefined): { crew: Crew; at: number } | undefined {
  const replica = useReplica()
  const { data } = useQuery({
    enabled: replica !== undefined,
    networkMode: 'always', // it asks this device
    queryKey: ['crews-here', locationId],
    queryFn: async () => {
      const kept = await replica?.memo<KeptCrews>(MEMO)
      const crew = kept?.items.find((one) => one.locationId === locationId)
      return kept && crew ? { crew, at: kept.at } : null
    },
  })
  return data ?? undefined
}

/** `asOf`: they are as this device heard then; undefined: as the server says now, or as little as tasks here tell. */
export type Assignees = { people: readonly Named[]; roles: readonly Named[]; asOf?: number | undefined }

/**
 * Who a task at a location can be given to. The server knows; without a network it is who this device last heard of,
 * and where it never heard, myself and whoever tasks here name.
 */
export function useAssignees(locationId: string | undefined): Assignees {
  const call = useApi<Routes>()
  const rows = useRows<Task>(TASK)
  const { memberId, name } = useViewer()
  const { connection } = useSyncStatus()
  const here = useCrewHere(locationId)
  const { data, dataUpdatedAt } = useQuery({
    enabled: locationId !== undefined,
    staleTime: 300_000,
    queryKey: ['task-assignees', locationId],
    queryFn: ({ signal }) => call('GET /tasks/assignees', { query: { locationId: locationId ?? '' }, signal }),
  })
  return useMemo(() => {
    const isLive = connection === 'live'
    if (data && (isLive || dataUpdatedAt >= (here?.at ?? 0)))
      return { ...data, asOf: isLive ? undefined : dataUpdatedAt }
    if (here) return { ...here.crew, asOf: here.at }
    const named = rows
      .filter((task) => task.locationId === locationId)
      .flatMap(({ assignedTo, completedBy, createdBy }) => [assignedTo, completedBy, createdBy])
    const people = new Map([[memberId, name], ...named.flatMap((one) => (one ? [[one.id, one.name] as const] : []))])
    return { people: listed(people), roles: [] }
  }, [data, dataUpdatedAt, here, connection, rows, locationId, memberId, name])
}

/** Who leads at a location, as this device last heard. */
export function useLeadersHere(locationId: string): { people: readonly Named[]; asOf: number | undefined } {
  const here = useCrewHere(locationId)
  const people = here?.crew.people.flatMap(({ id, name, leads }) => (leads ? [{ id, name }] : []))
  return { people: people ?? [], asOf: here?.at }
}

const listed = (names: ReadonlyMap<string, string>): Named[] =>
  [...names].map(([id, name]) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name))
