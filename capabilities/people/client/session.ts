import { useApi } from '@opsflow/platform/client/api-context'
import type { Viewer } from '@opsflow/platform/client/viewer'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { accountRoutes } from '../account-routes.ts'
import type { peopleRoutes } from '../routes.ts'
import type { Session } from '../session.ts'
import { leaveClerk } from './clerk.ts'

const sessionKey = ['session']

/** Who is signed in, at the organization the requests name. Undefined: nobody knows yet which, so nothing is asked. */
export function useSession(organization: string | undefined) {
  const call = useApi<typeof peopleRoutes>()
  return useQuery({
    queryKey: [...sessionKey, organization ?? null],
    queryFn: ({ signal }) => call('GET /session', { signal }),
    enabled: organization !== undefined,
    staleTime: 60_000,
    retry: false,
  })
}

export function useSignIn() {
  const call = useApi<typeof accountRoutes>()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: { email: string; password: string; code?: string; recoveryCode?: string }) =>
      call('POST /session', { body }),
    onSuccess: () => queries.clear(),
  })
}

/** Whatever was fetched for the person is forgotten with them; where Clerk signed them in, it signs them out. */
export function useSignOut() {
  const call = useApi<typeof peopleRoutes>()
  const queries = useQueryClient()
  return useMutation({ mutationFn: () => call('DELETE /session').then(leaveClerk), onSuccess: () => queries.clear() })
}

export function useFirstRun() {
  const call = useApi<typeof accountRoutes>()
  return useQuery({ queryKey: ['first-run'], queryFn: ({ signal }) => call('GET /first-run', { signal }) })
}

export function useFound() {
  const call = useApi<typeof accountRoutes>()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: Parameters<typeof call<'POST /first-run'>>[1]['body']) => call('POST /first-run', { body }),
    onSuccess: () => queries.clear(),
  })
}

export function viewerOf(session: Session): Viewer {
  return {
    memberId: session.member.id,
    organizationId: session.organization.id,
    locations: session.locations,
    temperatureUnit: session.preferences.temperatureUnit,
    isShared: session.kioskId !== null,
    can(permission, locationId) {
      const reach = session.permissions[permission]
      if (reach === undefined) return false
      return reach === 'all' || locationId === undefined || reach.includes(locationId)
    },
    canEverywhere: (permission) => session.permissions[permission] === 'all',
  }
}
