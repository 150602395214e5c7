import type { TimeQuality } from './sync.ts'

/**
 * What people have to know of a time: offline, the server learned of it later than it happened · doubtful, the
 * device's clocks contradict each other or the server, and the time is a guess within what is possible.
 */
export type TimeFlag = 'offline' | 'doubtful'

/** When something was done, how well that is known, and when the server learned of it. */
export type Moment = {
  at: string
  receivedAt: string
  /** server: it was done in the request that told of it, so the server's own clock says when. */
  quality: TimeQuality | 'server'
  flags: readonly TimeFlag[]
}
