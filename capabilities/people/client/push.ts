import { useApi } from '@opsflow/platform/client/api-context'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { PushState } from '../push.ts'
import type { pushRoutes } from '../push-routes.ts'
import {
  notePush,
  type PushAbility,
  pushAbility,
  pushMark,
  subscribeHere,
  subscriptionHere,
  unnotePush,
} from './push-here.ts'

export { forgetPushHere } from './push-here.ts'

const pushKey = ['push']

/** `off-everywhere`: this OpsFlow sends none. */
export type PushHere = Exclude<PushAbility, 'ask' | 'granted'> | 'off' | 'on' | 'off-everywhere'

type Shown = PushState & { hasSubscription: boolean }

/** Whether messages reach this browser, and the person's other devices. */
export function usePush() {
  const call = useApi<typeof pushRoutes>()
  const ability = usePushAbility()
  const state = useQuery({
    queryKey: pushKey,
    queryFn: async ({ signal }): Promise<Shown> => ({
      ...(await call('GET /push', { signal })),
      hasSubscription: (await subscriptionHere()) !== null,
    }),
  })
  return { ...state, here: state.data && ability && hereOf(ability, state.data) }
}

function hereOf(ability: PushAbility, { publicKey, devices, hasSubscription }: Shown): PushHere {
  if (publicKey === null) return 'off-everywhere'
  if (ability !== 'ask' && ability !== 'granted') return ability
  return ability === 'granted' && hasSubscription && devices.some(({ current }) => current) ? 'on' : 'off'
}

/** Follows what is changed in the browser's own settings. Undefined before the page is alive. */
function usePushAbility() {
  const [ability, setAbility] = useState<PushAbility>()
  useEffect(() => {
    const look = () => setAbility(pushAbility())
    look()
    let status: PermissionStatus | undefined
    void navigator.permissions?.query({ name: 'notifications' }).then(
      (found) => {
        status = found
        status.addEventListener('change', look)
      },
      () => undefined, // a browser that does not tell
    )
    return () => status?.removeEventListener('change', look)
  }, [])
  return ability
}

/** Begins on this device. `refused`: the person said no to the browser. */
export function useTurnPushOn(memberId: string) {
  return usePushChange(async (call, { publicKey, sessionId }: PushState): Promise<'on' | 'refused'> => {
    const target = publicKey ? await subscribeHere(publicKey) : undefined
    if (!target || !publicKey) return 'refused'
    await call('POST /push/devices', { body: { publicKey, target } })
    notePush(target.endpoint, memberId, sessionId)
    return 'on'
  })
}

export const useRemovePushDevice = (memberId: string) =>
  usePushChange(async (call, { id, current }: { id: string; current: boolean }) => {
    await call('DELETE /push/devices/{id}', { params: { id } })
    if (current) await unnotePush(memberId)
  })

export const useTestPush = () =>
  usePushChange((call, { id, language }: { id: string; language: 'en' | 'es' }) =>
    call('POST /push/devices/{id}/tests', { params: { id }, body: { language } }),
  )

type Call = ReturnType<typeof useApi<typeof pushRoutes>>

function usePushChange<Input, Result>(change: (call: Call, input: Input) => Promise<Result>) {
  const call = useApi<typeof pushRoutes>()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (input: Input) => change(call, input),
    onSettled: () => queries.invalidateQueries({ queryKey: pushKey }),
  })
}

/**
 * What was turned on stays on: browsers change a subscription now and then, sessions begin anew, and an installation may
 * get new keys. What was removed from another device stays removed.
 */
export function useKeepPush(memberId: string) {
  const call = useApi<typeof pushRoutes>()
  useEffect(() => {
    void keepPush(call, memberId).catch(() => undefined) // the next start tries again
  }, [call, memberId])
}

async function keepPush(call: Call, memberId: string) {
  const { endpoint, sessions } = pushMark()
  if (sessions[memberId] === undefined || pushAbility() !== 'granted') return
  const { publicKey, sessionId, devices } = await call('GET /push')
  const target = publicKey === null ? undefined : await subscribeHere(publicKey)
  if (!target || !publicKey) return
  const isAsBefore = target.endpoint === endpoint && sessions[memberId] === sessionId
  if (isAsBefore && !devices.some(({ current }) => current)) return unnotePush(memberId)
  if (isAsBefore) return
  await call('POST /push/devices', { body: { publicKey, target } })
  notePush(target.endpoint, memberId, sessionId)
}
