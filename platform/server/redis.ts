import { Redis, type RedisOptions } from 'ioredis'
import type { Log } from './log.ts'

export type RedisConnections = {
  commands: Redis
  subscriptions: Redis
  /** Called each time other processes can be heard again after they could not: what they said meanwhile is lost. */
  onBack: (listener: () => void) => void
  close: () => void
}

/** A Redis that does not answer for so long is not there: nobody's request waits for it. */
const ANSWER_MS = 500
/** A connection on which nothing comes back for so long is dead, however open it looks. */
const SILENCE_MS = 4_000
const CONNECT_MS = 2_000

/** Two connections to the shared Redis, or none where one process needs no Redis. Losing it degrades; it never refuses. */
export function openRedis(url: string | undefined, log: Pick<Log, 'warn'>): RedisConnections | undefined {
  return url ? openBoth(url, log) : undefined
}

function openBoth(url: string, log: Pick<Log, 'warn'>): RedisConnections {
  const open = (options: Pick<RedisOptions, 'maxRetriesPerRequest' | 'enableOfflineQueue' | 'commandTimeout'>) => {
    const client = new Redis(url, { connectTimeout: CONNECT_MS, socketTimeout: SILENCE_MS, ...options })
    client.on('error', (err) => log.warn({ err }, 'redis'))
    return client
  }
  // Who asks is answered at once that nobody is there, and goes on without; a queue would make every request wait.
  const commands = open({ maxRetriesPerRequest: 1, enableOfflineQueue: false, commandTimeout: ANSWER_MS })
  // What is to be heard is kept until it can be: a subscription that is given up is never made again.
  const subscriptions = subscribed(open({ maxRetriesPerRequest: null }), log)
  // Nothing may be said for hours, so a dead line is found only by asking.
  const heartbeat = setInterval(() => subscriptions.ping().catch(() => undefined), SILENCE_MS)
  return {
    commands,
    subscriptions,
    onBack(listener) {
      let wasAway = false
      subscriptions.on('close', () => {
        wasAway = true
      })
      subscriptions.on('ready', () => {
        if (wasAway) listener()
        wasAway = false
      })
    },
    close() {
      clearInterval(heartbeat)
      commands.disconnect()
      subscriptions.disconnect()
    },
  }
}

/** The socket adapter leaves these promises to themselves: a Redis that dies then would end the process. */
function subscribed(client: Redis, log: Pick<Log, 'warn'>): Redis {
  for (const name of ['ssubscribe', 'sunsubscribe'] as const) {
    const ask = client[name].bind(client) as (...channels: string[]) => Promise<unknown>
    Object.assign(client, {
      [name](...channels: string[]) {
        const asked = ask(...channels)
        asked.catch((err) => log.warn({ err }, 'redis'))
        return asked
      },
    })
  }
  return client
}
