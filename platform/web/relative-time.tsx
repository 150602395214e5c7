'use client'
import { useSyncExternalStore } from 'react'
import { useFormatter } from 'use-intl'

const tickMs = 15_000
const watchers = new Set<() => void>()
let now = Date.now()
let timer: ReturnType<typeof setInterval> | undefined

/** One clock for the whole page: hundreds of ages on a board tick together. */
function watchClock(watcher: () => void) {
  watchers.add(watcher)
  timer ??= setInterval(tick, tickMs)
  return () => {
    watchers.delete(watcher)
    if (watchers.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

function tick() {
  now = Date.now()
  for (const watcher of watchers) watcher()
}

/** The time now, as exact as an age on a screen has to be. */
export const useClock = () =>
  useSyncExternalStore(
    watchClock,
    () => now,
    () => now,
  )

/** "3 minutes ago", with the exact moment on hover and for machines. */
export function RelativeTime({ at, timeZone }: { at: string | number; timeZone?: string | undefined }) {
  const format = useFormatter()
  const clock = useClock()
  const moment = new Date(at)
  const exact = format.dateTime(moment, { dateStyle: 'medium', timeStyle: 'short', ...(timeZone && { timeZone }) })
  return (
    <time dateTime={moment.toISOString()} title={exact} className="whitespace-nowrap">
      {format.relativeTime(moment, isJustAhead(moment.getTime(), clock) ? moment : clock)}
    </time>
  )
}

/** Between two ticks of the clock, and where clocks differ a little, what has happened is "now", not "in 3 seconds". */
const isJustAhead = (at: number, clock: number) => at > clock && at - clock < 60_000

/** A moment written out. */
export function Moment({ at, timeZone }: { at: string | number; timeZone?: string | undefined }) {
  const format = useFormatter()
  const moment = new Date(at)
  return (
    <time dateTime={moment.toISOString()} className="whitespace-nowrap">
      {format.dateTime(moment, { dateStyle: 'medium', timeStyle: 'short', ...(timeZone && { timeZone }) })}
    </time>
  )
}
