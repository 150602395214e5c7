import { useApi } from '@opsflow/platform/client/api-context'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { PasskeyAnswer } from '../account.ts'
import type { accountRoutes } from '../account-routes.ts'

const accountKey = ['account']
const sessionsKey = ['own-sessions']

type Call = ReturnType<typeof useApi<typeof accountRoutes>>
type Shown = { password: string; code?: string; recoveryCode?: string }

/** How one signs in. */
export function useAccount() {
  const call = useApi<typeof accountRoutes>()
  return useQuery({ queryKey: accountKey, queryFn: ({ signal }) => call('GET /account', { signal }) })
}

/** Where one is signed in. */
export function useOwnSessions() {
  const call = useApi<typeof accountRoutes>()
  return useQuery({ queryKey: sessionsKey, queryFn: ({ signal }) => call('GET /account/sessions', { signal }) })
}

/** Something that changes how one signs in; most of it ends other sessions. */
function useOwnChange<Input, Result>(change: (call: Call, input: Input) => Promise<Result>) {
  const call = useApi<typeof accountRoutes>()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (input: Input) => change(call, input),
    onSuccess() {
      for (const queryKey of [accountKey, sessionsKey]) void queries.invalidateQueries({ queryKey })
    },
  })
}

export const useConfirmByPassword = () =>
  useOwnChange((call, body: Shown) => call('POST /session/confirmation', { body }))

export const useConfirmByPasskey = () =>
  useOwnChange((call, body: PasskeyAnswer) => call('POST /session/passkey-confirmation', { body }))

export const useChangePassword = () =>
  useOwnChange((call, body: { currentPassword: string; password: string }) => call('PUT /account/password', { body }))

export const useMailEmailLink = () =>
  useOwnChange((call, body: { email?: string; language: 'en' | 'es' }) => call('POST /account/email-links', { body }))

export const useBeginAuthenticator = () => useOwnChange((call, _: undefined) => call('POST /account/authenticator'))

export const useConfirmAuthenticator = () =>
  useOwnChange((call, code: string) => call('PUT /account/authenticator', { body: { code } }))

export const useRemoveAuthenticator = () => useOwnChange((call, _: undefined) => call('DELETE /account/authenticator'))

export const useRenewRecoveryCodes = () => useOwnChange((call, _: undefined) => call('POST /account/recovery-codes'))

export const usePasskeyChallenge = () =>
  useOwnChange((call, purpose: 'add' | 'confirm') => call('POST /account/passkey-challenges', { body: { purpose } }))

export const useAddPasskey = () =>
  useOwnChange((call, body: PasskeyAnswer & { name: string }) => call('POST /account/passkeys', { body }))

export const useRemovePasskey = () =>
  useOwnChange((call, id: string) => call('DELETE /account/passkeys/{id}', { params: { id } }))

export const useEndSession = () =>
  useOwnChange((call, id: string) => call('DELETE /account/sessions/{id}', { params: { id } }))

export const useEndOtherSessions = () => useOwnChange((call, _: undefined) => call('DELETE /account/sessions'))
