import { Redis } from 'ioredis'
import type { Log } from './log.ts'

export type RedisConnections = { commands: Redis; subscriptions: Redis; close: () => void }

/** Two connections to the shared Redis, or none where one process needs no Redis. Losing it degrades; it never refuses. */
export function openRedis(url: string | undefined, log: Pick<Log, 'warn'>): RedisConnections | undefined {
  if (!url) return undefined
  const open = () => {
    const client = new Redis(url, { maxRetriesPerRequest: 1 })
    client.on('error', (err) => log.warn({ err }, 'redis'))
    return client
  }
  const [commands, subscriptions] = [open(), open()]
  return {
    commands,
    subscriptions,
    close() {
      commands.disconnect()
      subscriptions.disconnect()
    },
  }
}
