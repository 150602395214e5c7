import { useApi } from '@opsflow/platform/client/api-context'
import type { CallInput } from '@opsflow/platform/route'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { accountRoutes } from '../account-routes.ts'
import { showPasskey } from './passkey-ceremony.ts'

type BodyOf<K extends keyof typeof accountRoutes> =
  CallInput<(typeof accountRoutes)[K]> extends { body: infer B } ? B : never

/** What this product offers to people who are not signed in. */
export function useDoor() {
  const call = useApi<typeof accountRoutes>()
  return useQuery({ queryKey: ['door'], queryFn: ({ signal }) => call('GET /door', { signal }), staleTime: Infinity })
}

/** Whose passkey it was is the server's to say. Null when the person closed the browser's dialog. */
export function useSignInWithPasskey() {
  const call = useApi<typeof accountRoutes>()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async () => {
      const answer = await showPasskey(await call('POST /session/passkey-challenges'))
      return answer && call('POST /session/passkey', { body: answer })
    },
    onSuccess: (signedIn) => signedIn && queries.clear(),
  })
}

export function useAskForNewPassword() {
  const call = useApi<typeof accountRoutes>()
  return useMutation({
    mutationFn: (body: BodyOf<'POST /password-resets'>) => call('POST /password-resets', { body }),
  })
}

export function useSetPasswordByLink() {
  const call = useApi<typeof accountRoutes>()
  return useMutation({
    mutationFn: (body: BodyOf<'POST /password-resets/password'>) => call('POST /password-resets/password', { body }),
  })
}

export function useAskToSignUp() {
  const call = useApi<typeof accountRoutes>()
  return useMutation({ mutationFn: (body: BodyOf<'POST /sign-ups'>) => call('POST /sign-ups', { body }) })
}

/** Whose address the link proved. */
export function useSignUpLink(token: string | undefined) {
  const call = useApi<typeof accountRoutes>()
  return useQuery({
    queryKey: ['sign-up-link', token],
    queryFn: () => call('POST /sign-ups/link', { body: { token: token ?? '' } }),
    enabled: token !== undefined,
    retry: false,
    staleTime: Infinity,
  })
}

export function useSignUp() {
  const call = useApi<typeof accountRoutes>()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: BodyOf<'POST /sign-ups/founding'>) => call('POST /sign-ups/founding', { body }),
    onSuccess: () => queries.clear(),
  })
}

export function useConfirmEmail() {
  const call = useApi<typeof accountRoutes>()
  return useMutation({ mutationFn: (token: string) => call('POST /email-confirmations', { body: { token } }) })
}
