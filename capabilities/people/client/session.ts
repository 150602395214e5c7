import { useApi } from '@opsflow/platform/client/api-context'
import type { Viewer } from '@opsflow/platform/client/viewer'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { accountRoutes } from '../account-routes.ts'
import type { peopleRoutes } from '../routes.ts'
import type { Session } from '../session.ts'
import { leaveClerk } from './clerk.ts'

const sessionKey = ['session']

export type KeptSession = { session: Session; at: number }

/** Where a device keeps who works here, by the organization requests name, to begin without a network. */
export type KeptSessions = {
  of: (organization: string) => KeptSession | undefined
  keep: (organization: string, session: Session) => void
}

/**
 * Who is signed in, at the organization the requests name. Undefined: nobody knows yet which, so nothing is asked. Where
 * sessions are kept, the last one stands until the server has spoken: it may be old, and its rights are the server's
 * to decide.
 */
export function useSession(organization: string | undefined, sessions?: KeptSessions) {
  const call = useApi<typeof peopleRoutes>()
  return useQuery({
    queryKey: [...sessionKey, organization ?? null],
    queryFn: async ({ signal }) => {
      const session = await call('GET /session', { signal })
      if (organization !== undefined) sessions?.keep(organization, session)
      return session
    },
    enabled: organization !== undefined,
    initialData: () => (organization === undefined ? undefined : sessions?.of(organization)?.session),
    initialDataUpdatedAt: 0,
    staleTime: 60_000,
    refetchOnReconnect: 'always',
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
    name: session.member.name,
    organizationId: session.organization.id,
    locations: session.locations,
    temperatureUnit: session.preferences.temperatureUnit,
    isShared: session.kioskId !== null,
    holds(role, locationId) {
      // A session kept on a device may be of a day when it was not told where roles are held.
      if (!session.rolesAt) return session.roles?.includes(role) ?? false
      const reach = session.rolesAt[role] ?? []
      return reach === 'all' || reach.includes(locationId)
    },
    can(permission, locationId) {
      const reach = session.permissions[permission]
      if (reach === undefined) return false
      return reach === 'all' || locationId === undefined || reach.includes(locationId)
    },
    canEverywhere: (permission) => session.permissions[permission] === 'all',
  }
}
