import { openLiveSocket } from '@opsflow/platform/client/live-socket'
import type { Replica } from '@opsflow/platform/client/sync/replica'
import { SOCKET_EVENTS } from '@opsflow/platform/fact'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'

/** The socket carries no state: it says that a scope has moved on, and the local copy fetches what is new. */
export function usePokes(replica: Replica | undefined, organizationId: string | undefined) {
  const queries = useQueryClient()
  useEffect(() => {
    if (!replica || !organizationId) return
    const stale = (key: string) => void queries.invalidateQueries({ queryKey: [key] })
    return openLiveSocket({
      organizationId,
      events: SOCKET_EVENTS,
      onConnected() {
        // What became of this person's places while nobody could tell is asked for once.
        for (const key of ['session', 'places']) stale(key)
        void replica.sync()
      },
      onDisconnected: () => void replica.sync(),
      onRefused: () => stale('session'),
      onEvent({ name, scope, version }) {
        if (isAboutPlaces(name)) {
          for (const key of ['session', 'places', 'dashboard']) stale(key)
          void replica.sync()
        } else {
          replica.poked(scope, version)
          // History that is asked for at the server has grown; a unit's every reading is not worth asking again.
          if (name !== 'temperature.unit_changed')
            stale(['tasks', 'checklists'].find((one) => name.startsWith(`${one}.`)) ?? 'temperature')
        }
      },
    })
  }, [replica, organizationId, queries])
}

/** Who sees what may be other than before: the session knows, and the local copy is told at its next contact. */
const isAboutPlaces = (name: string) => name === 'rights_changed' || /^(locations|people)\./.test(name)
