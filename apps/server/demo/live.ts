import type { Log } from '@opsflow/platform/server/log'
import { type Database, openPool } from '@opsflow/platform/server/tenant'
import { chains } from './chains.ts'
import { LiveChain } from './live-chain.ts'

export type LiveDemo = {
  /** Returns when the last write is over; none follows. */
  stop: () => Promise<void>
}

const TICK_MS = 2_000

/** Moves the demo's sensors until it is stopped. What the database refuses is tried again with the next tick. */
export function startLiveDemo({ app, relayUrl, log }: { app: Database; relayUrl: string; log: Log }): LiveDemo {
  const relay = openPool(relayUrl, 2)
  const chain = new LiveChain({ app, relay }, chains, Date.now())
  let underWay: Promise<void> | null = null
  let isFailing = false
  const tick = async () => {
    try {
      await chain.tick(Date.now())
      isFailing = false
    } catch (error) {
      if (!isFailing) log.warn({ err: error }, 'the simulated sensors of the demo could not report')
      isFailing = true
    }
  }
  const timer = setInterval(() => {
    underWay ??= tick().finally(() => {
      underWay = null
    })
  }, TICK_MS)
  return {
    async stop() {
      clearInterval(timer)
      await underWay
      await chain.letGo()
      await relay.end()
    },
  }
}
