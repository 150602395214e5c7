import { useApi } from '@opsflow/platform/client/api-context'
import { openLiveSocket } from '@opsflow/platform/client/live-socket'
import { useIsMutating, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import type { Tablet } from '../kiosk.ts'
import type { kioskRoutes } from '../routes.ts'

const tabletKey = ['tablet']
const useCall = () => useApi<typeof kioskRoutes>()

/** This very tablet. Asked again when its socket says that its rights changed, and now and then in case it cannot. */
export function useTablet() {
  const call = useCall()
  const queries = useQueryClient()
  const tablet = useQuery({
    queryKey: tabletKey,
    queryFn: ({ signal }) => call('GET /kiosk', { signal }),
    refetchInterval: 20_000,
    refetchOnWindowFocus: 'always',
    staleTime: 0,
  })
  const organizationId = tablet.data?.organization?.id
  useEffect(() => {
    if (!organizationId) return
    const ask = () => void queries.invalidateQueries({ queryKey: tabletKey })
    return openLiveSocket({
      organizationId,
      events: ['poke'],
      onConnected: ask,
      onDisconnected: () => undefined,
      onEvent: ({ name }) => name.startsWith('rights_') && ask(),
      onRefused: ask,
    })
  }, [organizationId, queries])
  return tablet
}

export function useEnrolTablet() {
  const call = useCall()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (code: string) => call('POST /kiosk-enrolments', { body: { code } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: tabletKey }),
  })
}

const signingIn = ['tablet', 'sign-in']

export function useSignInAtTablet() {
  const call = useCall()
  const queries = useQueryClient()
  return useMutation({
    mutationKey: signingIn,
    mutationFn: (claim: { memberId: string; pin: string }) => call('POST /kiosk-session', { body: claim }),
    // An answer under way was given before the PIN was.
    onSuccess: () => queries.cancelQueries({ queryKey: tabletKey }),
    onError: () => queries.invalidateQueries({ queryKey: tabletKey }),
  })
}

/**
 * Who is at the tablet, on this screen: whoever entered their PIN here and did not leave since. The server can end
 * that, and never begins it: a screen that was locked without a network stays locked when it is back.
 */
export function usePresence(tablet: Tablet, answeredAt: number) {
  const call = useCall()
  const queries = useQueryClient()
  const isSigningIn = useIsMutating({ mutationKey: signingIn }) > 0
  const [present, setPresent] = useState<{ person: Present; since: number }>()
  const isOver = present !== undefined && answeredAt > present.since && tablet.person?.id !== present.person.id
  const isForgotten = present === undefined && tablet.person !== null && !isSigningIn

  const ask = useCallback(() => void queries.invalidateQueries({ queryKey: tabletKey }), [queries])
  const leave = useCallback(() => {
    setPresent(undefined)
    queries.setQueryData<Tablet>(tabletKey, (known) => known && { ...known, person: null })
    call('DELETE /kiosk-session').then(ask, ask)
  }, [call, queries, ask])
  const enter = useCallback(
    (person: Present) => {
      setPresent({ person, since: Date.now() })
      queries.setQueryData<Tablet>(tabletKey, (known) => known && { ...known, person })
    },
    [queries],
  )
  const changed = useCallback(() => {
    setPresent((before) => before && { ...before, person: { ...before.person, mustChangePin: false } })
    ask()
  }, [ask])

  useEffect(() => {
    if (isOver || isForgotten) leave()
  }, [isOver, isForgotten, leave])

  return { person: isOver ? undefined : present?.person, enter, leave, changed, ask }
}

type Present = NonNullable<Tablet['person']>

export function useChoosePin() {
  const call = useCall()
  return useMutation({ mutationFn: (body: { pin: string; currentPin?: string }) => call('PUT /pin', { body }) })
}
