import { useSyncExternalStore } from 'react'
import { installKey as key } from './install-script.ts'

/** What this device has seen of the app: useful acts so far, and whether it was told not to ask. */
type Seen = { acts: number; declined: boolean }

/** The offer comes after this many useful acts: whoever has recorded nothing yet has no reason to keep the app. */
const ACTS_BEFORE_OFFER = 2

/** How it can be installed here: by the browser's offer, by hand (iOS has none), or not at all (installed already). */
export function wayToInstall(): 'offer' | 'by-hand' | undefined {
  if (matchMedia('(display-mode: standalone), (display-mode: fullscreen)').matches) return undefined
  if (window.opsflowInstall) return 'offer'
  return isOnIos() && !(navigator as { standalone?: boolean }).standalone ? 'by-hand' : undefined
}

/** A tablet of Apple's says it is a Mac; a Mac has no touch. */
const isOnIos = () =>
  /iPad|iPhone|iPod/.test(navigator.userAgent) ||
  (navigator.userAgent.includes('Macintosh') && navigator.maxTouchPoints > 1)

export function noteUsefulAct() {
  const { acts, declined } = seen()
  if (acts < ACTS_BEFORE_OFFER) remember({ acts: acts + 1, declined })
  changed()
}

/** Someone looked for it: the offer is made now, whatever was answered before. */
export function askForInstall() {
  remember({ acts: ACTS_BEFORE_OFFER, declined: false })
  changed()
}

export function declineInstall() {
  remember({ ...seen(), declined: true })
  changed()
}

/** Asks in the browser's own dialog; its offer holds for one answer. */
export async function install() {
  const offer = window.opsflowInstall
  window.opsflowInstall = undefined
  if (offer && (await offer.prompt()).outcome === 'dismissed') declineInstall()
  changed()
}

export const useWayToInstall = () => useSyncExternalStore(watch, wayToInstall, () => undefined)
/** It is time to offer it. */
export const useInstallOffer = () => useSyncExternalStore(watch, offerNow, () => undefined)

function offerNow() {
  const { acts, declined } = seen()
  return acts >= ACTS_BEFORE_OFFER && !declined ? wayToInstall() : undefined
}

function seen(): Seen {
  try {
    return { acts: 0, declined: false, ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Seen>) }
  } catch {
    return { acts: 0, declined: true }
  }
}

function remember(now: Seen) {
  try {
    localStorage.setItem(key, JSON.stringify(now))
  } catch {
    // a device without room for this has none for the app either
  }
}

const changed = () => dispatchEvent(new Event(key))

function watch(watcher: () => void) {
  for (const event of [key, 'appinstalled']) addEventListener(event, watcher)
  return () => {
    for (const event of [key, 'appinstalled']) removeEventListener(event, watcher)
  }
}
