import { useApi } from '@opsflow/platform/client/api-context'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { InvitationState } from '../invitation.ts'
import type { invitationRoutes } from '../invitation-routes.ts'

const invitationsKey = ['invitations']

export function useInvitations(state: InvitationState) {
  const call = useApi<typeof invitationRoutes>()
  return useQuery({
    queryKey: [...invitationsKey, state],
    queryFn: ({ signal }) => call('GET /invitations', { query: { state, limit: 200 }, signal }),
  })
}

export function useInvite() {
  const call = useApi<typeof invitationRoutes>()
  const refresh = useRefresh()
  return useMutation({
    mutationFn: (body: Parameters<typeof call<'POST /invitations'>>[1]['body']) => call('POST /invitations', { body }),
    onSuccess: refresh,
  })
}

export function useInviteAgain() {
  const call = useApi<typeof invitationRoutes>()
  const refresh = useRefresh()
  return useMutation({
    mutationFn: ({ id, language }: { id: string; language: 'en' | 'es' }) =>
      call('POST /invitations/{id}/links', { params: { id }, body: { language } }),
    onSuccess: refresh,
  })
}

export function useRevokeInvitation() {
  const call = useApi<typeof invitationRoutes>()
  const refresh = useRefresh()
  return useMutation({
    mutationFn: (id: string) => call('DELETE /invitations/{id}', { params: { id } }),
    onSuccess: refresh,
  })
}

function useRefresh() {
  const queries = useQueryClient()
  return () => void queries.invalidateQueries({ queryKey: invitationsKey })
}

/** What the invitation of a link says, to whoever is signed in here. */
export function useInvitationOf(token: string | undefined) {
  const call = useApi<typeof invitationRoutes>()
  return useQuery({
    queryKey: ['invitation-link', token],
    queryFn: ({ signal }) => call('POST /invitations/opening', { body: { token: token ?? '' }, signal }),
    enabled: token !== undefined,
    staleTime: 0,
    retry: false,
  })
}

export function useAcceptInvitation() {
  const call = useApi<typeof invitationRoutes>()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: Parameters<typeof call<'POST /invitations/acceptance'>>[1]['body']) =>
      call('POST /invitations/acceptance', { body }),
    onSuccess: () => queries.clear(),
  })
}
