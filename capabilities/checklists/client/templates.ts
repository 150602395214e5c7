import { useApi } from '@opsflow/platform/client/api-context'
import type { CallInput } from '@opsflow/platform/route'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { templateRoutes } from '../template-routes.ts'

type Routes = typeof templateRoutes
type BodyOf<Key extends keyof Routes> = CallInput<Routes[Key]> extends { body: infer Body } ? Body : never
export type TemplateBody = BodyOf<'PATCH /checklist-templates/{id}'>
export type MadeTemplate = BodyOf<'POST /checklist-templates'>

/** Told stale by every fact of checklists: what others do is on the screen within moments. */
const key = ['checklists', 'templates']

export const useTemplateApi = () => useApi<Routes>()

export function useTemplates(state: 'active' | 'archived') {
  const call = useTemplateApi()
  return useInfiniteQuery({
    queryKey: [...key, state],
    queryFn: ({ signal, pageParam }) =>
      call('GET /checklist-templates', { query: { state, limit: 200, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  })
}

export function useTemplate(id: string) {
  const call = useTemplateApi()
  return useQuery({
    queryKey: [...key, 'one', id],
    queryFn: ({ signal }) => call('GET /checklist-templates/{id}', { params: { id }, signal }),
  })
}

export function useVersions(id: string) {
  const call = useTemplateApi()
  return useQuery({
    queryKey: [...key, 'versions', id],
    queryFn: ({ signal }) =>
      call('GET /checklist-templates/{id}/versions', { params: { id }, query: { limit: 100 }, signal }),
  })
}

/** Without `to`: the draft beside a version. */
export function useComparison(id: string, from: number, to: number | undefined) {
  const call = useTemplateApi()
  return useQuery({
    queryKey: [...key, 'comparison', id, from, to ?? null],
    queryFn: ({ signal }) =>
      call('GET /checklist-templates/{id}/comparison', { params: { id }, query: { from, to }, signal }),
  })
}

export function usePublishPreview(id: string) {
  const call = useTemplateApi()
  return useQuery({
    queryKey: [...key, 'preview', id],
    queryFn: ({ signal }) => call('GET /checklist-templates/{id}/publication-preview', { params: { id }, signal }),
    staleTime: 0,
  })
}

export function useVersion(id: string | undefined) {
  const call = useTemplateApi()
  return useQuery({
    queryKey: [...key, 'version', id],
    queryFn: ({ signal }) => call('GET /checklist-versions/{id}', { params: { id: id ?? '' }, signal }),
    enabled: id !== undefined,
  })
}

export function useLocalChanges(id: string, locationId: string) {
  const call = useTemplateApi()
  return useQuery({
    queryKey: [...key, 'local', id, locationId],
    queryFn: ({ signal }) =>
      call('GET /checklist-templates/{id}/local-changes', { params: { id }, query: { locationId }, signal }),
  })
}

function useChange<Input, Result>(change: (call: ReturnType<typeof useTemplateApi>, input: Input) => Promise<Result>) {
  const call = useTemplateApi()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (input: Input) => change(call, input),
    onSuccess: () => queries.invalidateQueries({ queryKey: key }),
  })
}

export const useMakeTemplate = () =>
  useChange((call, body: MadeTemplate) => call('POST /checklist-templates', { body }))

export const useChangeTemplate = () =>
  useChange((call, { id, ...body }: TemplateBody & { id: string }) =>
    call('PATCH /checklist-templates/{id}', { params: { id }, body }),
  )

export const useCopyTemplate = () =>
  useChange((call, { id, name }: { id: string; name: string }) =>
    call('POST /checklist-templates/{id}/copies', { params: { id }, body: { name } }),
  )

export const usePublish = () =>
  useChange((call, { id, ...body }: BodyOf<'POST /checklist-templates/{id}/publications'> & { id: string }) =>
    call('POST /checklist-templates/{id}/publications', { params: { id }, body }),
  )

export const useRollBack = () =>
  useChange((call, { id, ...body }: BodyOf<'POST /checklist-templates/{id}/roll-backs'> & { id: string }) =>
    call('POST /checklist-templates/{id}/roll-backs', { params: { id }, body }),
  )

export const useChangeLocally = () =>
  useChange((call, { id, ...body }: BodyOf<'PUT /checklist-templates/{id}/local-changes'> & { id: string }) =>
    call('PUT /checklist-templates/{id}/local-changes', { params: { id }, body }),
  )

/** What a spreadsheet says; nothing is stored. */
export function useImportTemplate() {
  const call = useTemplateApi()
  return useMutation({
    mutationFn: async (file: File) =>
      call('POST /checklist-template-imports', { body: new Uint8Array(await file.arrayBuffer()) }),
  })
}
