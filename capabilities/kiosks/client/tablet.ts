import type { peopleRoutes } from '@opsflow/capabilities/people'
import { useApi } from '@opsflow/platform/client/api-context'
import { openLiveSocket } from '@opsflow/platform/client/live-socket'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { kioskRoutes } from '../routes.ts'
import { isAway } from './away.ts'
import { keptTablet } from './kept-tablet.ts'
import { useTabletPins } from './pins-context.ts'

export const tabletKey = ['tablet']
export const useTabletCall = () => useApi<typeof kioskRoutes & Pick<typeof peopleRoutes, 'GET /session'>>()

const ASK_EVERY_MS = 20_000

/**
 * This very tablet. Asked again when its socket says that its rights changed, and now and then in case it cannot; until
 * the server is heard, what it said last stands.
 */
export function useTablet() {
  const call = useTabletCall()
  const queries = useQueryClient()
  const pins = useTabletPins()
  const tablet = useQuery({
    queryKey: tabletKey,
    queryFn: async ({ signal }) => {
      const told = await call('GET /kiosk', { signal })
      keptTablet.write(told)
      if (told.state !== 'unknown') await pins.heard(told)
      return told
    },
    networkMode: 'always',
    retry: false,
    refetchInterval: ASK_EVERY_MS,
    refetchOnWindowFocus: 'always',
    refetchOnReconnect: 'always',
    staleTime: 0,
  })
  useEffect(() => {
    const kept = keptTablet.read()
    if (kept && !queries.getQueryData(tabletKey)) {
      queries.setQueryData(tabletKey, kept.tablet, { updatedAt: kept.at })
      void queries.invalidateQueries({ queryKey: tabletKey })
    }
  }, [queries])
  const organizationId = tablet.data?.organization?.id
  useEffect(() => {
    if (!organizationId) return
    const ask = () => void queries.invalidateQueries({ queryKey: tabletKey })
    addEventListener('offline', ask)
    const close = openLiveSocket({
      organizationId,
      events: ['poke'],
      onConnected: ask,
      onDisconnected: ask,
      onEvent: ({ name }) => name.startsWith('rights_') && ask(),
      onRefused: ask,
    })
    return () => {
      removeEventListener('offline', ask)
      close()
    }
  }, [organizationId, queries])
  return { ...tablet, isOffline: isAway(tablet.error) }
}

export function useEnrolTablet() {
  const call = useTabletCall()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (code: string) => call('POST /kiosk-enrolments', { body: { code } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: tabletKey }),
  })
}
