'use client'
import { BoardProvider, type BoardStore, boardEvents, openBoard } from '@opsflow/capabilities/temperature/client'
import { useApi } from '@opsflow/platform/client/api-context'
import { openLiveSocket } from '@opsflow/platform/client/live-socket'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'

/**
 * Keeps the organization's board. It is fetched at once, beside the session and not after it; the socket follows
 * when it is known whose it is.
 */
export function LiveBoard({ organizationId, children }: { organizationId: string | undefined; children: ReactNode }) {
  const call = useApi()
  const queries = useQueryClient()
  const [store] = useState(() => openBoard(call))

  useEffect(() => {
    void store.refresh()
    return () => store.stop()
  }, [store])

  useEffect(() => {
    if (!organizationId) return
    const close = openLiveSocket({
      organizationId,
      events: [...boardEvents, 'poke'],
      onConnected: () => void store.connected(),
      onDisconnected: () => store.disconnected(),
      onRefused: () => void queries.invalidateQueries({ queryKey: ['session'] }),
      onEvent(event) {
        if (isAboutPlaces(event.name)) return placesChanged()
        store.receive(event)
        if (event.name !== 'temperature.unit_changed') refetchLists(event.name)
      },
    })
    function refetchLists(name: string) {
      void queries.invalidateQueries({ queryKey: [name.startsWith('tasks.') ? 'tasks' : 'temperature'] })
    }
    /** Who sees what may be other than before: the session knows, and the board is fetched as it is now. */
    function placesChanged() {
      for (const key of ['session', 'places']) void queries.invalidateQueries({ queryKey: [key] })
      void store.refresh()
    }
    const ignore = markNetwork(store)
    return () => {
      close()
      ignore()
    }
  }, [store, organizationId, queries])

  return <BoardProvider value={store}>{children}</BoardProvider>
}

const isAboutPlaces = (name: string) => name === 'rights_changed' || /^(locations|people)\./.test(name)

/** The device knows sooner than the socket that the network is gone. */
function markNetwork(store: BoardStore) {
  const gone = () => store.disconnected()
  const back = () => void store.connected()
  addEventListener('offline', gone)
  addEventListener('online', back)
  return () => {
    removeEventListener('offline', gone)
    removeEventListener('online', back)
  }
}
