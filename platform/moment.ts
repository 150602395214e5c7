import { z } from 'zod'
import { TimeQuality } from './sync.ts'

/**
 * What people have to know of a time: offline, the server learned of it later than it happened · doubtful, the
 * device's clocks contradict each other or the server, and the time is a guess within what is possible.
 */
export type TimeFlag = 'offline' | 'doubtful'

/** How well a recorded time is known. server: it was done in the request that told of it, so the server's clock says when. */
export const RecordedTimeQuality = z.enum(['server', ...TimeQuality.options])
export type RecordedTimeQuality = z.infer<typeof RecordedTimeQuality>

/** When something was done, how well that is known, and when the server learned of it. */
export type Moment = {
  at: string
  receivedAt: string
  quality: RecordedTimeQuality
  flags: readonly TimeFlag[]
}

/** Done in the request that tells of it. */
export const justNow = (now = new Date()): Moment => ({
  at: now.toISOString(),
  receivedAt: now.toISOString(),
  quality: 'server',
  flags: [],
})
