import type { DeviceTime } from '../../sync.ts'

/** The device's two clocks. One session is one life of the monotonic clock. */
export type Clocks = {
  now: () => number
  monotonic: () => number
  session: string
  zone: () => string | null
}

export const browserClocks = (): Clocks => ({
  now: () => Date.now(),
  monotonic: () => performance.now(),
  session: crypto.randomUUID(),
  zone: () => Intl.DateTimeFormat().resolvedOptions().timeZone ?? null,
})

/** What an earlier session had learned from the server, kept with the replica. */
export type Heard = { offsetMs: number | null; heardAt: string | null }

/** An answer that took longer than this says too little about when the server gave it. */
const TRUSTED_ROUND_TRIP_MS = 4000

/** As well as this device can know, for showing it until the server has derived it. */
export function likelyTime({ at, monotonicMs, anchor, offsetMs }: DeviceTime): string {
  if (!anchor) return instant(Date.parse(at) + (offsetMs ?? 0))
  const byMonotonic = monotonicMs - anchor.monotonicMs
  const byWall = Date.parse(at) - Date.parse(anchor.deviceAt)
  // The monotonic clock may stand still while the device sleeps; the wall clock goes on.
  return instant(Date.parse(anchor.serverAt) + Math.max(byMonotonic, byWall))
}

/** Whatever a clock is set to, it travels as a date of four digits. */
const instant = (ms: number) => new Date(Math.min(Math.max(ms || 0, EARLIEST), LATEST)).toISOString()
const EARLIEST = Date.UTC(1900, 0, 1)
const LATEST = Date.UTC(9999, 0, 1)

/** Reads the clocks for a mutation, and remembers when this session last heard the server. */
export class DeviceClock {
  readonly #clocks: Clocks
  #anchor: DeviceTime['anchor'] = null

  constructor(clocks: Clocks) {
    this.#clocks = clocks
  }

  now = () => this.#clocks.now()

  read({ offsetMs, heardAt }: Heard): DeviceTime {
    const now = this.#clocks.now()
    return {
      at: instant(now),
      zone: this.#clocks.zone(),
      // From minus to plus: what is added to UTC.
      offsetMinutes: -new Date(now).getTimezoneOffset() || 0,
      session: this.#clocks.session,
      monotonicMs: this.#clocks.monotonic(),
      anchor: this.#anchor,
      offsetMs,
      heardAt,
    }
  }

  /** Before a request, for `heard` after its answer. */
  start = () => ({ now: this.#clocks.now(), monotonic: this.#clocks.monotonic() })

  /** The server said what time it is, somewhere between `began` and now. */
  heard(serverTime: string, began: { now: number; monotonic: number }): Heard {
    const tookMs = this.#clocks.monotonic() - began.monotonic
    const deviceMs = this.#clocks.now() - tookMs / 2
    const monotonicMs = began.monotonic + tookMs / 2
    if (tookMs <= TRUSTED_ROUND_TRIP_MS) {
      this.#anchor = { serverAt: serverTime, deviceAt: instant(deviceMs), monotonicMs }
    }
    return { offsetMs: Math.round(Date.parse(serverTime) - deviceMs), heardAt: serverTime }
  }
}
