import type { Moment, TimeFlag } from './moment.ts'
import type { DeviceTime, TimeQuality } from './sync.ts'

/** Wall and monotonic clock agree over a stretch: within it the device neither slept nor was its wall clock set. */
const STEADY_MS = 2_000
/** A wall clock this near to its former distance from the server was not set in between: two slow messages lie in it. */
const STILL_MS = 10_000
/** What lies between the earliest and the latest possible is the way of a slow message, not a sleep. */
const NARROW_MS = 30_000
/** What waited longer than this for the server was done offline. */
const OFFLINE_AFTER_MS = 60_000
/** Nothing waits longer on a device. */
const LONGEST_WAIT_MS = 366 * 86_400_000

/** How the server heard of it: the device's clocks as it sent, and the server's own as it received. */
export type Heard = { sent: DeviceTime; receivedAt: number }

/** What is known from elsewhere: it cannot have happened before or after these instants (ms). */
export type Bounds = { notBefore?: number | undefined; notAfter?: number | undefined }

/** `earliest`: before that it cannot have been. */
type Reckoned = Guess & { earliest: number }
type Guess = { at: number; quality: TimeQuality }

/**
 * When a mutation happened. A device's clocks are witnesses, not judges:
 *
 * - the monotonic clock never runs ahead. Back from the push it gives the latest possible time, forward from the
 *   session's last answer of the server the earliest. Where the two meet, or the wall clock agrees that the device did
 *   not sleep in between, the time is exact, however wrong the wall clock may be;
 * - a wall clock that stands as far from the server now as at the last contact before was not set: the time is
 *   corrected by that distance, also across sleep and restarts;
 * - everything else, and whatever is impossible, is a guess inside the possible, and flagged.
 *
 * The device's own words are kept beside it by whoever stores the mutation.
 */
export function momentOf(device: DeviceTime, heard: Heard, bounds: Bounds = {}): Moment {
  return momentAt(withinReason(reckon(device, heard), device, heard, bounds), heard.receivedAt)
}

/**
 * The mutations of one push, in their order. The order is certain: a time that contradicts it is doubtful, and never
 * later than an exact one behind it. None lies before one that was done earlier.
 */
export function momentsOf(devices: readonly DeviceTime[], heard: Heard, bounds: Bounds = {}): Moment[] {
  const reckoned = devices.map((device) => withinReason(reckon(device, heard), device, heard, bounds))
  return inOrder(reckoned).map((one) => momentAt(one, heard.receivedAt))
}

const momentAt = ({ at, quality }: Reckoned, receivedAt: number): Moment => {
  const flags: TimeFlag[] = []
  if (receivedAt - at > OFFLINE_AFTER_MS) flags.push('offline')
  if (quality === 'doubtful') flags.push('doubtful')
  return { at: iso(at), receivedAt: iso(receivedAt), quality, flags }
}

function reckon(device: DeviceTime, { sent, receivedAt }: Heard): Guess {
  const { anchor } = device
  const fromAnswer = anchor && stretch({ at: anchor.deviceAt, monotonicMs: anchor.monotonicMs }, device)
  const toPush = device.session === sent.session ? stretch(device, sent) : null
  const earliest = anchor && fromAnswer ? Date.parse(anchor.serverAt) + fromAnswer.monotonicMs : null
  const latest = toPush && receivedAt - toPush.monotonicMs
  const between = earliest !== null && latest !== null ? latest - earliest : null
  const byWall = Date.parse(device.at) + distanceAfter(device, sent, receivedAt)
  const guess: Guess = { at: clamp(byWall, earliest, latest), quality: 'doubtful' }

  if (isImpossible(fromAnswer) || isImpossible(toPush)) return { at: byWall, quality: 'doubtful' }
  if (between !== null && between < -NARROW_MS) return guess
  if (latest !== null && between !== null && between <= NARROW_MS) return { at: latest, quality: 'exact' }
  // The whole device stood still, its wall clock too: both clocks agree with each other and not with the server.
  if (between !== null && isSteady(fromAnswer) && isSteady(toPush)) return guess
  if (latest !== null && isSteady(toPush)) return { at: latest, quality: 'exact' }
  if (earliest !== null && isSteady(fromAnswer)) return { at: earliest, quality: 'exact' }

  const before = anchor ? Date.parse(anchor.serverAt) - Date.parse(anchor.deviceAt) : device.offsetMs
  const wasKept =
    before !== null &&
    Math.abs(before - distanceAfter(device, sent, receivedAt)) <= STILL_MS &&
    !wentBack(fromAnswer) &&
    !wentBack(toPush) &&
    Math.abs(byWall - guess.at) <= STILL_MS
  return wasKept ? { at: guess.at, quality: 'corrected' } : guess
}

type Clocks = Pick<DeviceTime, 'at' | 'monotonicMs'>
type Stretch = { monotonicMs: number; wallAheadMs: number }

/** How far both clocks went from one moment of a session to a later one. */
function stretch(from: Clocks, to: Clocks): Stretch {
  const monotonicMs = to.monotonicMs - from.monotonicMs
  return { monotonicMs, wallAheadMs: Date.parse(to.at) - Date.parse(from.at) - monotonicMs }
}

const isSteady = (of: Stretch | null) => of !== null && Math.abs(of.wallAheadMs) <= STEADY_MS
/** Sleep only ever puts the wall clock ahead. */
const wentBack = (of: Stretch | null) => of !== null && of.wallAheadMs < -STEADY_MS
const isImpossible = (of: Stretch | null) => of !== null && of.monotonicMs < 0

/** Server minus wall clock, in ms, at the first contact known to lie behind the mutation. */
function distanceAfter(device: DeviceTime, sent: DeviceTime, receivedAt: number): number {
  const { anchor } = sent
  const isBehind = anchor !== null && (sent.session !== device.session || anchor.monotonicMs >= device.monotonicMs)
  if (isBehind) return Date.parse(anchor.serverAt) - Date.parse(anchor.deviceAt)
  return receivedAt - Date.parse(sent.at)
}

/** Never later than it was received, never earlier than the device had last heard of the server. */
function withinReason(reckoned: Guess, device: DeviceTime, { receivedAt }: Heard, bounds: Bounds): Reckoned {
  const heardAt = device.heardAt ? Date.parse(device.heardAt) : Number.NEGATIVE_INFINITY
  const latest = Math.min(receivedAt, bounds.notAfter ?? receivedAt)
  const earliest = Math.min(
    latest,
    Math.max(receivedAt - LONGEST_WAIT_MS, bounds.notBefore ?? Number.NEGATIVE_INFINITY, heardAt),
  )
  const at = clamp(reckoned.at, earliest, latest)
  return Math.abs(at - reckoned.at) <= STILL_MS ? { ...reckoned, at, earliest } : { at, quality: 'doubtful', earliest }
}

function inOrder(reckoned: readonly Reckoned[]): Reckoned[] {
  const placed = reckoned.map((one) => ({ ...one }))
  const contradict = (earlier: Reckoned, later: Reckoned) => earlier.at > later.at + STILL_MS
  for (const [index, one] of placed.entries()) {
    if (one.quality === 'exact') continue
    const before = placed.slice(0, index).findLast(({ quality }) => quality === 'exact')
    const behind = placed.slice(index + 1).find(({ quality }) => quality === 'exact')
    if (before && contradict(before, one)) Object.assign(one, { at: before.at, quality: 'doubtful' })
    if (behind && contradict(one, behind)) Object.assign(one, { at: behind.at, quality: 'doubtful' })
  }
  for (const [index, one] of placed.entries()) {
    const previous = placed[index - 1]
    if (!previous || !contradict(previous, one)) continue
    if (previous.quality === 'corrected') previous.quality = 'doubtful'
    if (one.quality === 'corrected') one.quality = 'doubtful'
  }
  for (const [index, one] of placed.entries()) one.at = Math.max(one.at, placed[index - 1]?.at ?? one.at)
  return apart(placed)
}

/** Guesses that fell on one instant stand a millisecond apart: whoever sorts by time sees the order they were done in. */
function apart(placed: Reckoned[]): Reckoned[] {
  let floor = Number.NEGATIVE_INFINITY
  const floors = placed.map(({ at, quality, earliest }) => {
    floor = Math.max(floor, quality === 'doubtful' ? earliest : at)
    return floor
  })
  for (let index = placed.length - 2; index >= 0; index--) {
    const [one, next] = [placed[index], placed[index + 1]]
    if (!one || !next || one.quality !== 'doubtful' || one.at < next.at) continue
    one.at = Math.min(one.at, Math.max(next.at - 1, floors[index] ?? one.at))
  }
  return placed
}

const clamp = (at: number, earliest: number | null, latest: number | null) =>
  Math.max(Math.min(at, latest ?? Number.POSITIVE_INFINITY), earliest ?? Number.NEGATIVE_INFINITY)

const iso = (at: number) => new Date(at).toISOString()
