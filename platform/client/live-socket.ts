/** A fact as it travels: the scope whose version it advances, and the version it makes. */
export type LiveEvent = { scope: string; version: number; name: string; fact: unknown }

export type LiveSocketSettings = {
  organizationId: string
  /** The Socket.IO events that carry facts. */
  events: readonly string[]
  onConnected: () => void
  onDisconnected: () => void
  onEvent: (event: LiveEvent) => void
  /** The server will not have us: the session ended, or the rights did. */
  onRefused: () => void
}

/**
 * Listens to one organization. Its code is fetched after the first paint. Rooms are the server's business: nothing
 * is asked for here. Returns what ends it.
 */
export function openLiveSocket(settings: LiveSocketSettings): () => void {
  let stop: (() => void) | undefined
  let stopped = false
  void import('socket.io-client').then(
    ({ io }) => {
      if (!stopped) stop = listen(io, settings)
    },
    () => settings.onDisconnected(),
  )
  return () => {
    stopped = true
    stop?.()
  }
}

type Io = typeof import('socket.io-client').io

function listen(io: Io, settings: LiveSocketSettings) {
  const socket = io(`/org-${settings.organizationId}`, {
    path: '/socket.io',
    transports: ['websocket', 'polling'],
    // Without it the second is never tried, and a network that lets no websocket through is never live.
    tryAllTransports: true,
  })
  socket.on('connect', settings.onConnected)
  socket.on('disconnect', (reason) => {
    settings.onDisconnected()
    if (reason === 'io server disconnect') settings.onRefused()
  })
  socket.on('connect_error', (error: Error & { data?: { code?: string } }) => {
    settings.onDisconnected()
    if (error.data?.code) settings.onRefused()
  })
  for (const event of settings.events) socket.on(event, settings.onEvent)
  return () => void socket.disconnect()
}
