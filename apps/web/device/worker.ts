import { useSyncExternalStore } from 'react'
import { isSomethingTyped } from '../shell/typed.ts'

/** `ready`: a newer build is kept on this device and waits. `elsewhere`: another tab has begun to use it. */
type News = 'none' | 'ready' | 'elsewhere'

const HOUR_MS = 3_600_000
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
  registration = await serviceWorker.register('/sw.js', { updateViaCache: 'none' })
  noticeWaiting(registration)
  document.addEventListener('visibilitychange', () => void lookNowAndThen())
  setInterval(() => void lookNowAndThen(), HOUR_MS / 4)
}

function noticeWaiting(ours: ServiceWorkerRegistration) {
  if (ours.waiting && ours.active) tell('ready')
  ours.addEventListener('updatefound', () => {
    const next = ours.installing
    next?.addEventListener('statechange', () => {
      if (next.state === 'installed' && ours.active && ours.active !== next) tell('ready')
    })
  })
}

async function lookNowAndThen() {
  if (document.visibilityState === 'hidden' || Date.now() - lookedAt < HOUR_MS) return
  await lookForNews()
}

/** Without a network there is no news. */
export async function lookForNews() {
  lookedAt = Date.now()
  await registration?.update().catch(() => undefined)
}

/** Begins to use the newer build, unless that would drop what is being typed: then it says so and does nothing. */
export function beginNewVersion(): 'unfinished' | undefined {
  if (isSomethingTyped()) return 'unfinished'
  isOurTurn = true
  if (registration?.waiting) registration.waiting.postMessage({ type: 'take-over' })
  else location.reload()
  return undefined
}

function tell(next: News) {
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
