import { useSyncExternalStore } from 'react'
import { isSomethingTyped } from '../shell/typed.ts'

/**
 * `ready`: a newer build is kept on this device and waits. `elsewhere`: another tab has begun to use it. `outdated`: the
 * server no longer speaks with this one.
 */
export type News = 'none' | 'ready' | 'elsewhere' | 'outdated'

const HOUR_MS = 3_600_000
const UPDATE_WITHIN_MS = 5000
const INSTALL_WITHIN_MS = 30_000
const TAKE_OVER_WITHIN_MS = 5000
const watchers = new Set<() => void>()
let registration: ServiceWorkerRegistration | undefined
let news: News = 'none'
let isOurTurn = false
let lookedAt = Date.now()

/** Keeps the app on this device from now on, and looks for newer builds while it is open. */
export async function keepApp() {
  const { serviceWorker } = navigator
  const hadOne = serviceWorker.controller !== null
  serviceWorker.addEventListener('controllerchange', () => {
    if (isOurTurn) location.reload()
    else if (hadOne) tell('elsewhere')
  })
  addEventListener('opsflow.outdated', () => {
    tell('outdated')
    void registration?.update().catch(() => undefined)
  })
  registration = await serviceWorker.register('/sw.js', { updateViaCache: 'none' })
  noticeWaiting(registration)
  document.addEventListener('visibilitychange', lookNowAndThen)
  setInterval(lookNowAndThen, HOUR_MS / 4)
}

function noticeWaiting(ours: ServiceWorkerRegistration) {
  const watchNext = () => {
    const next = ours.installing
    next?.addEventListener('statechange', () => {
      if (next.state === 'installed' && ours.active && ours.active !== next) tell('ready')
    })
  }
  if (ours.waiting && ours.active) tell('ready')
  watchNext()
  ours.addEventListener('updatefound', watchNext)
}

/** Without a network there is no news. */
function lookNowAndThen() {
  if (document.visibilityState === 'hidden' || Date.now() - lookedAt < HOUR_MS) return
  lookedAt = Date.now()
  void registration?.update().catch(() => undefined)
}

/** Begins to use the newer build, unless that would drop what is being typed: then it says so and does nothing. */
export async function beginNewVersion(): Promise<'unfinished' | undefined> {
  if (isSomethingTyped()) return 'unfinished'
  if (news === 'outdated') await whenKept()
  isOurTurn = true
  if (registration?.waiting) {
    registration.waiting.postMessage({ type: 'take-over' })
    // The worker before stays while it has anything to answer, which may be minutes: a page that starts anew lets it go.
    await wait(TAKE_OVER_WITHIN_MS)
    if (isSomethingTyped()) {
      isOurTurn = false
      return 'unfinished'
    }
  }
  location.reload()
  return undefined
}

/** The newer build may still be on its way. Where none comes, this one leaves the device, and the network has the say. */
async function whenKept() {
  if (!registration) return
  await Promise.race([registration.update().catch(() => undefined), wait(UPDATE_WITHIN_MS)])
  const next = registration.installing
  if (next)
    await Promise.race([
      new Promise((settled) => next.addEventListener('statechange', settled)),
      wait(INSTALL_WITHIN_MS),
    ])
  if (!registration.waiting && navigator.onLine) await registration.unregister()
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

function tell(next: News) {
  if (news === 'outdated') return
  news = next
  for (const watcher of watchers) watcher()
}

export const useAppNews = () =>
  useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher)
      return () => void watchers.delete(watcher)
    },
    () => news,
    (): News => 'none',
  )
