import { useApi } from '@opsflow/platform/client/api-context'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { NewPlan } from '../haccp-plan.ts'
import type { haccpRoutes } from '../routes.ts'

export { type Place, type PlanDraft, usePlanDraft } from './use-plan-draft.ts'

type Routes = typeof haccpRoutes
const key = ['haccp']

export function usePlans(locationId: string | undefined, { archived = false, isOn = true } = {}) {
  const call = useApi<Routes>()
  return useQuery({
    queryKey: [...key, 'list', locationId, archived],
    queryFn: async ({ signal }) => {
      const query = { ...(locationId && { locationId }), archived: archived ? ('true' as const) : ('false' as const) }
      return (await call('GET /haccp-plans', { query, signal })).items
    },
    enabled: isOn,
  })
}

/** Not asked for anew while someone writes: what they typed is the newer of the two. */
/** `anew`: asked for again although it was fetched a moment ago, for whoever is about to change it. */
export function usePlan(id: string, { anew = false } = {}) {
  const call = useApi<Routes>()
  return useQuery({
    queryKey: [...key, 'plan', id],
    queryFn: ({ signal }) => call('GET /haccp-plans/{id}', { params: { id }, signal }),
    refetchOnWindowFocus: false,
    refetchOnMount: anew ? 'always' : true,
  })
}

export function usePlanChoices(locationId: string) {
  const call = useApi<Routes>()
  return useQuery({
    queryKey: [...key, 'choices', locationId],
    queryFn: ({ signal }) => call('GET /haccp-choices', { query: { locationId }, signal }),
  })
}

export function useRevision(id: string) {
  const call = useApi<Routes>()
  return useQuery({
    queryKey: [...key, 'revision', id],
    queryFn: ({ signal }) => call('GET /haccp-revisions/{id}', { params: { id }, signal }),
  })
}

const EVERY_MS = 60_000

/** Anew each minute, for records come in all the time. */
export function useMonitoring(id: string, span: { from: string; to: string }) {
  const call = useApi<Routes>()
  return useQuery({
    queryKey: [...key, 'monitoring', id, span],
    queryFn: ({ signal }) => call('GET /haccp-plans/{id}/monitoring', { params: { id }, query: span, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: EVERY_MS,
  })
}

function useCommand<Given, Told>(work: (given: Given) => Promise<Told>) {
  const queries = useQueryClient()
  return useMutation({ mutationFn: work, onSuccess: () => queries.invalidateQueries({ queryKey: key }) })
}

export function useBeginPlan() {
  const call = useApi<Routes>()
  return useCommand((body: Partial<NewPlan> & Pick<NewPlan, 'locationId' | 'name'>) =>
    call('POST /haccp-plans', { body }),
  )
}

export function useChangePlan() {
  const call = useApi<Routes>()
  return useCommand(({ id, ...body }: { id: string; name?: string; archived?: boolean }) =>
    call('PATCH /haccp-plans/{id}', { params: { id }, body }),
  )
}

export function useSignPlan(id: string) {
  const call = useApi<Routes>()
  return useCommand((body: { revision: number; note: string }) =>
    call('POST /haccp-plans/{id}/revisions', { params: { id }, body }),
  )
}

export function useSignAlso(id: string) {
  const call = useApi<Routes>()
  return useCommand((body: { meaning: 'agreed' | 'reviewed'; digest: string; comment: string }) =>
    call('POST /haccp-revisions/{id}/signatures', { params: { id }, body }),
  )
}
