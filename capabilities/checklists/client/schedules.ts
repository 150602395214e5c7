import { useApi } from '@opsflow/platform/client/api-context'
import type { CallInput } from '@opsflow/platform/route'
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { scheduleRoutes } from '../schedule-routes.ts'

type Routes = typeof scheduleRoutes
type BodyOf<Key extends keyof Routes> = CallInput<Routes[Key]> extends { body: infer Body } ? Body : never
export type ScheduleBody = BodyOf<'POST /checklist-schedules'>
export type ScheduleChangeBody = BodyOf<'PATCH /checklist-schedules/{id}'>

/** Told stale by every fact of checklists. */
const key = ['checklists', 'schedules']

export function useSchedules(state: 'running' | 'ended') {
  const call = useApi<Routes>()
  return useInfiniteQuery({
    queryKey: [...key, state],
    queryFn: ({ signal, pageParam }) =>
      call('GET /checklist-schedules', { query: { state, limit: 50, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  })
}

/** The running ones of a template. */
export function useSchedulesOf(templateId: string) {
  const call = useApi<Routes>()
  return useQuery({
    queryKey: [...key, 'of', templateId],
    queryFn: ({ signal }) => call('GET /checklist-schedules', { query: { templateId, limit: 50 }, signal }),
  })
}

export function useSchedule(id: string) {
  const call = useApi<Routes>()
  return useQuery({
    queryKey: [...key, 'one', id],
    queryFn: ({ signal }) => call('GET /checklist-schedules/{id}', { params: { id }, signal }),
  })
}

/** What it would do, by the rules of the server. Undefined: not written so far that it can be asked. */
export function useSchedulePreview(body: BodyOf<'POST /checklist-schedule-previews'> | undefined) {
  const call = useApi<Routes>()
  return useQuery({
    enabled: body !== undefined,
    queryKey: [...key, 'preview', JSON.stringify(body)],
    queryFn: ({ signal }) => {
      if (body === undefined) throw new Error('a preview of nothing')
      return call('POST /checklist-schedule-previews', { body, signal })
    },
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 60_000,
  })
}

function useChange<Input, Result>(change: (call: ReturnType<typeof useApi<Routes>>, input: Input) => Promise<Result>) {
  const call = useApi<Routes>()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (input: Input) => change(call, input),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['checklists'] }),
  })
}

export const useMakeSchedule = () =>
  useChange((call, body: ScheduleBody) => call('POST /checklist-schedules', { body }))

export const useChangeSchedule = () =>
  useChange((call, { id, ...body }: ScheduleChangeBody & { id: string }) =>
    call('PATCH /checklist-schedules/{id}', { params: { id }, body }),
  )
