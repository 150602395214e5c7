import type { Location } from '@opsflow/capabilities/locations'
import { useApi } from '@opsflow/platform/client/api-context'
import { useReplica, useRow, useRows, useSyncStatus } from '@opsflow/platform/client/sync/use-replica'
import type { CallInput } from '@opsflow/platform/route'
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import { businessDayOf } from '../business-day.ts'
import type { Checklist } from '../checklist.ts'
import { noOutcomes, type OutcomeCounts, outcomeAt } from '../outcome.ts'
import type { scheduleRoutes } from '../schedule-routes.ts'
import { CHECKLIST } from '../sync-entities.ts'
import type { ChecklistOutcome, checklistViewRoutes } from '../view-routes.ts'

type Routes = typeof checklistViewRoutes
type QueryOf<Key extends keyof Routes> = CallInput<Routes[Key]> extends { query?: infer Query } ? Query : never
export type OutcomesAsked = Omit<QueryOf<'GET /checklist-outcomes'>, 'limit' | 'cursor'>

// Under `checklists`, so that they are asked for again when a checklist has changed anywhere.
const keyOf = (name: string, query: unknown) => ['checklists', 'views', name, query]

/** Answers come by the dozen, and what is counted is counted over weeks of many places. */
const EVERY_MS = 10_000
const SOON_MS = 500

/**
 * What the server counts is asked for again when the local copy hears of a checklist that changed, every ten seconds at
 * most, and when the server is there again after it was not. Meanwhile it stands as it was told last.
 */
export function useLiveViews() {
  const replica = useReplica()
  const queries = useQueryClient()
  const { connection } = useSyncStatus()
  const wasAway = useRef(false)
  useEffect(() => {
    if (connection === 'offline') wasAway.current = true
    if (!replica || connection !== 'live') return
    let rows = replica.rows(CHECKLIST)
    let timer: ReturnType<typeof setTimeout> | undefined
    let askedAt = 0
    const ask = () => {
      timer = undefined
      askedAt = Date.now()
      void queries.invalidateQueries({ queryKey: ['checklists', 'views'] })
    }
    const look = () => {
      const next = replica.rows(CHECKLIST)
      if (next === rows) return
      rows = next
      timer ??= setTimeout(ask, Math.max(SOON_MS, askedAt + EVERY_MS - Date.now()))
    }
    if (wasAway.current) ask()
    wasAway.current = false
    const unwatch = replica.watch(look, [CHECKLIST])
    return () => {
      clearTimeout(timer)
      unwatch()
    }
  }, [replica, connection, queries])
}

export function useCompletion(query: QueryOf<'GET /checklist-completion'>) {
  const call = useApi<Routes>()
  return useQuery({
    queryKey: keyOf('completion', query),
    queryFn: ({ signal }) => call('GET /checklist-completion', { query, signal }),
    placeholderData: keepPreviousData,
  })
}

export function useFailures(query: QueryOf<'GET /checklist-failures'>) {
  const call = useApi<Routes>()
  return useQuery({
    queryKey: keyOf('failures', query),
    queryFn: async ({ signal }) => (await call('GET /checklist-failures', { query, signal })).items,
    placeholderData: keepPreviousData,
  })
}

/** The checklists behind a number, page by page. */
export function useOutcomes(query: OutcomesAsked, enabled = true) {
  const call = useApi<Routes>()
  return useInfiniteQuery({
    enabled,
    queryKey: keyOf('outcomes', query),
    queryFn: ({ signal, pageParam }) =>
      call('GET /checklist-outcomes', { query: { ...query, limit: 100, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  })
}

/** All of them: a week of one location. */
export function useEveryOutcome(query: OutcomesAsked, enabled = true) {
  const call = useApi<Routes>()
  return useQuery({
    enabled,
    queryKey: keyOf('every-outcome', query),
    queryFn: async ({ signal }) => {
      const items: ChecklistOutcome[] = []
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const page = await call('GET /checklist-outcomes', { query: { ...query, limit: 200, cursor }, signal })
        items.push(...page.items)
        cursor = page.nextCursor
      }
      return items
    },
  })
}

export function usePlan(query: QueryOf<'GET /checklist-plan'>, enabled = true) {
  const call = useApi<Routes>()
  return useQuery({
    enabled,
    queryKey: keyOf('plan', query),
    queryFn: ({ signal }) => call('GET /checklist-plan', { query, signal }),
  })
}

/** Audits day by day. Only the server knows what schedules will ask for. */
export function useAuditCalendar(query: QueryOf<'GET /audit-calendar'>) {
  const call = useApi<Routes>()
  return useQuery({
    queryKey: keyOf('audits', query),
    queryFn: ({ signal }) => call('GET /audit-calendar', { query, signal }),
    placeholderData: keepPreviousData,
  })
}

/** A missed one, with a reason; or taken back. */
export function useExcuse() {
  const call = useApi<typeof scheduleRoutes>()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ id, reason }: { id: string; reason: string | null }) =>
      reason === null
        ? call('DELETE /checklists/{id}/excuse', { params: { id } })
        : call('POST /checklists/{id}/excuse', { params: { id }, body: { reason } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['checklists'] }),
  })
}

/** The entity of locations, as their capability names it. */
const LOCATION = 'location'

export type DayHere = { id: string; name: string; day: string; counts: OutcomeCounts; later: number }

/** Today at each location, from the local copy: it changes with every answer, and stays readable without a network. */
export function useDaysHere(now: number): readonly DayHere[] {
  const places = useRows<Location>(LOCATION)
  const lists = useRows<Checklist>(CHECKLIST)
  return useMemo(
    () => places.filter(({ closedAt }) => closedAt === null).map((place) => dayAt(place, lists, now)),
    [places, lists, now],
  )
}

/** Of its business day; what is late still counts, whichever day it belongs to. */
function dayAt(place: Location, lists: readonly Checklist[], now: number): DayHere {
  const day = businessDayOf(now, place)
  const counts = noOutcomes()
  let later = 0
  for (const list of lists) {
    if (list.locationId !== place.id) continue
    const outcome = outcomeAt(list, now)
    if (outcome === null || (list.day !== day && outcome !== 'late')) continue
    if (outcome === 'open' && list.status === 'open' && Date.parse(list.visibleAt) > now) later++
    else counts[outcome]++
  }
  return { id: place.id, name: place.name, day, counts, later }
}

type DayPlaceHere = { timezone: string; dayStartsAt: string }

/** When the days of a place begin. */
export const usePlaceHere = (locationId: string | undefined): DayPlaceHere | undefined =>
  useRow<Location>(LOCATION, locationId ?? '')

/** Today’s business day at a place; without one, at the first. */
export function useToday(locationId: string | undefined, now: number): string {
  const places = useRows<Location>(LOCATION)
  const place = places.find(({ id }) => id === locationId) ?? places[0]
  return place ? businessDayOf(now, place) : new Date(now).toISOString().slice(0, 10)
}
