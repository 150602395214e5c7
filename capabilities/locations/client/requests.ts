import { useApi } from '@opsflow/platform/client/api-context'
import type { CallInput } from '@opsflow/platform/route'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Location } from '../location.ts'
import type { LocationGroup } from '../location-group.ts'
import type { locationRoutes } from '../routes.ts'
import { useTableFile } from './table-file.ts'

type Routes = typeof locationRoutes
type BodyOf<Key extends keyof Routes> = CallInput<Routes[Key]> extends { body: infer Body } ? Body : never

/** Locations out to a spreadsheet, and in from one. */
export function useLocationsFile() {
  const call = useCall()
  return useTableFile({
    fileName: 'locations.csv',
    fetch: () => call('GET /location-export'),
    send: (body, query) => call('POST /location-imports', { body, query }),
  })
}

const placesKey = ['places']

const useCall = () => useApi<Routes>()

export type Places = { groups: LocationGroup[]; locations: Location[] }

/** The whole tree as this person sees it, closed locations included: a chain has thousands of places at most. */
export function usePlaces() {
  const call = useCall()
  return useQuery({
    queryKey: placesKey,
    queryFn: async ({ signal }): Promise<Places> => {
      const [groups, locations] = await Promise.all([
        everyPage((cursor) => call('GET /location-groups', { query: { limit: 200, cursor }, signal })),
        everyPage((cursor) => call('GET /locations', { query: { limit: 200, cursor, state: 'any' }, signal })),
      ])
      return { groups, locations }
    },
  })
}

async function everyPage<Item>(
  pageAt: (cursor: string | undefined) => Promise<{ items: Item[]; nextCursor: string | null }>,
): Promise<Item[]> {
  const items: Item[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await pageAt(cursor)
    items.push(...page.items)
    cursor = page.nextCursor
  }
  return items
}

/** The tree, and who reaches what, is worth asking for again after any change of it. */
function useChange<Input, Result>(change: (call: ReturnType<typeof useCall>, input: Input) => Promise<Result>) {
  const call = useCall()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (input: Input) => change(call, input),
    onSuccess: () => Promise.all([placesKey, ['session']].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  })
}

export const useOpenLocation = () =>
  useChange((call, body: BodyOf<'POST /locations'>) => call('POST /locations', { body }))

export const useChangeLocation = () =>
  useChange((call, { id, ...body }: BodyOf<'PATCH /locations/{id}'> & { id: string }) =>
    call('PATCH /locations/{id}', { params: { id }, body }),
  )

export const useMakeGroup = () =>
  useChange((call, body: BodyOf<'POST /location-groups'>) => call('POST /location-groups', { body }))

export const useChangeGroup = () =>
  useChange((call, { id, ...body }: BodyOf<'PATCH /location-groups/{id}'> & { id: string }) =>
    call('PATCH /location-groups/{id}', { params: { id }, body }),
  )

type Moved = { kind: 'group' | 'location'; id: string }

/** What a move would touch; null stands for the organization itself, undefined for nothing chosen yet. */
export function useMoveEffects({ kind, id }: Moved, to: string | null | undefined) {
  const call = useCall()
  return useQuery({
    queryKey: [...placesKey, 'move', kind, id, to ?? null],
    queryFn: ({ signal }) =>
      kind === 'group'
        ? call('GET /location-groups/{id}/move-effects', {
            params: { id },
            query: { parentId: to ?? undefined },
            signal,
          })
        : call('GET /locations/{id}/move-effects', { params: { id }, query: { groupId: to ?? undefined }, signal }),
    enabled: to !== undefined,
    retry: false,
  })
}
