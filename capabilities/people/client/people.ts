import { useApi } from '@opsflow/platform/client/api-context'
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { MemberStatus } from '../member.ts'
import type { Role } from '../role-schema.ts'
import type { peopleRoutes } from '../routes.ts'

export type PeopleFilter = {
  status: MemberStatus
  search?: string | undefined
  role?: Role | undefined
  roleId?: string | undefined
  locationId?: string | undefined
}

const peopleKey = ['people']

/** People by name, as many as have been asked for. */
export function usePeople(filter: PeopleFilter) {
  const call = useApi<typeof peopleRoutes>()
  return useInfiniteQuery({
    queryKey: [...peopleKey, 'list', filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      call('GET /members', { query: { ...filter, limit: 50, cursor: pageParam }, signal }),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  })
}

export function usePerson(id: string) {
  const call = useApi<typeof peopleRoutes>()
  return useQuery({
    queryKey: [...peopleKey, 'one', id],
    queryFn: ({ signal }) => call('GET /members/{id}', { params: { id }, signal }),
  })
}

export function useAddPerson() {
  const call = useApi<typeof peopleRoutes>()
  const refresh = useRefreshPeople()
  return useMutation({
    mutationFn: (body: Parameters<typeof call<'POST /members'>>[1]['body']) => call('POST /members', { body }),
    onSuccess: refresh,
  })
}

export function useChangePerson(id: string) {
  const call = useApi<typeof peopleRoutes>()
  const refresh = useRefreshPeople()
  return useMutation({
    mutationFn: (body: Parameters<typeof call<'PATCH /members/{id}'>>[1]['body']) =>
      call('PATCH /members/{id}', { params: { id }, body }),
    onSuccess: refresh,
  })
}

export function useGiveRole() {
  const call = useApi<typeof peopleRoutes>()
  const refresh = useRefreshPeople()
  return useMutation({
    mutationFn: (body: Parameters<typeof call<'POST /grants'>>[1]['body']) => call('POST /grants', { body }),
    onSuccess: refresh,
  })
}

export function useTakeRole() {
  const call = useApi<typeof peopleRoutes>()
  const refresh = useRefreshPeople()
  return useMutation({
    mutationFn: (id: string) => call('DELETE /grants/{id}', { params: { id } }),
    onSuccess: refresh,
  })
}

/** A person, how many hold a role, and the trail change together. Nobody waits for it: what was done is told at once. */
function useRefreshPeople() {
  const queries = useQueryClient()
  return () => {
    for (const queryKey of [peopleKey, ['roles'], ['events']]) void queries.invalidateQueries({ queryKey })
  }
}
