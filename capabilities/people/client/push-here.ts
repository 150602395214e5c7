import type { PushTarget } from '../push.ts'

/**
 * What this browser can do about push messages. `elsewhere`: on this system only an installed app may, and this is a
 * tab. `denied`: someone said no, and only the browser's own settings take that back.
 */
export type PushAbility = 'unsupported' | 'elsewhere' | 'denied' | 'ask' | 'granted'

export function pushAbility(): PushAbility {
  if (!('serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window)) {
    return isApples() && !isInstalled() ? 'elsewhere' : 'unsupported'
  }
  if (Notification.permission === 'denied') return 'denied'
  return Notification.permission === 'granted' ? 'granted' : 'ask'
}

/** A tablet of Apple's says it is a Mac; a Mac has no touch. */
const isApples = () =>
  /iPad|iPhone|iPod/.test(navigator.userAgent) ||
  (navigator.userAgent.includes('Macintosh') && navigator.maxTouchPoints > 1)

const isInstalled = () => matchMedia('(display-mode: standalone), (display-mode: fullscreen)').matches

/** Who turned it on in this browser, by member, and in which session: another person's sign-in does not inherit it. */
export type PushMark = { endpoint: string; sessions: Record<string, string> }
const MARK = 'opsflow.push'

export function pushMark(): PushMark {
  try {
    return { endpoint: '', sessions: {}, ...JSON.parse(localStorage.getItem(MARK) ?? '{}') }
  } catch {
    return { endpoint: '', sessions: {} }
  }
}

export const notePush = (endpoint: string, memberId: string, sessionId: string) =>
  localStorage.setItem(MARK, JSON.stringify({ endpoint, sessions: { ...pushMark().sessions, [memberId]: sessionId } }))

/** The subscription goes with the last one who wanted it: it is one for the whole browser. */
export async function unnotePush(memberId: string) {
  const { endpoint, sessions } = pushMark()
  const { [memberId]: _, ...left } = sessions
  if (Object.keys(left).length === 0) await forgetPushHere()
  else localStorage.setItem(MARK, JSON.stringify({ endpoint, sessions: left }))
}

/** The browser's subscription, if it has one. */
export async function subscriptionHere(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker?.getRegistration()
  return (await registration?.pushManager?.getSubscription()) ?? null
}

/** Asks for leave where it is not given yet: call it while a touch is being answered. Undefined: it was not given. */
export async function subscribeHere(publicKey: string): Promise<PushTarget | undefined> {
  if ((await Notification.requestPermission()) !== 'granted') return undefined
  const registration = await navigator.serviceWorker.getRegistration()
  if (!registration) throw new Error('the app is not kept on this device yet')
  const before = await registration.pushManager.getSubscription()
  if (before && keyOf(before) !== publicKey) await before.unsubscribe()
  const applicationServerKey = bytesOf(publicKey)
  const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey })
  return targetOf(subscription)
}

/** Whoever leaves this browser leaves nothing behind that speaks to the next. */
export async function forgetPushHere() {
  localStorage.removeItem(MARK)
  const subscription = await subscriptionHere().catch(() => null)
  await subscription?.unsubscribe().catch(() => false)
}

function targetOf(subscription: PushSubscription): PushTarget {
  const { endpoint, keys } = subscription.toJSON()
  return { endpoint: endpoint ?? '', keys: { p256dh: keys?.p256dh ?? '', auth: keys?.auth ?? '' } }
}

const keyOf = ({ options }: PushSubscription) =>
  options.applicationServerKey && textOf(new Uint8Array(options.applicationServerKey))

const textOf = (bytes: Uint8Array) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

const bytesOf = (text: string) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))
