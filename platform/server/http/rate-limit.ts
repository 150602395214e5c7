import type { Redis } from 'ioredis'
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import { refuse } from '../../refusal.ts'

/** Points per window. Generous for people and machines that behave; a runaway script meets them first. */
export type RateLimits = {
  credentialPerMinute: number
  tenantPerMinute: number
  addressPerMinute: number
  /** Of one account from one network. */
  signInsPer15Minutes: number
  /** Wrong sign-ins of whichever accounts from one network: one password tried on many. */
  wrongSignInsOfNetworkPer15Minutes: number
  /** Sign-ins of one account from networks it never came from: one account tried from many. */
  strangeSignInsPerHour: number
  /** Letters to one recipient; thirty times as many from one network. */
  lettersPerHour: number
  /** Links and invitations presented from one network: nobody follows that many, a guesser does. */
  linksPer15Minutes: number
  /** What anyone without an account may report: from one network, and about one place together. */
  reportsPerHour: number
}

/** All limits follow from one number: what one account, key or device may ask in a minute. */
export const rateLimitsOf = (perMinute: number): RateLimits => ({
  credentialPerMinute: perMinute,
  tenantPerMinute: perMinute * 20,
  addressPerMinute: Math.ceil(perMinute * 0.4),
  signInsPer15Minutes: 20,
  wrongSignInsOfNetworkPer15Minutes: 200,
  strangeSignInsPerHour: 100,
  lettersPerHour: 10,
  linksPer15Minutes: 60,
  reportsPerHour: 12,
})

/** Where `RateLimit-*` goes: an express response, or what a handler has of it. */
export type HeaderSink = { setHeader: (name: string, value: string) => unknown }

export type RateLimiter = {
  /** By key, account or device, and by tenant together. */
  credential: (res: HeaderSink, credential: string, tenantId: string) => Promise<void>
  /** Callers nobody knows yet. IPv6 by its /64. */
  address: (res: HeaderSink, ip: string) => Promise<void>
  /**
   * By account and network, by network, and by account: of the last, networks from which it got in lately are free, so
   * that whoever is attacked from elsewhere still gets in from where they work.
   */
  signIn: (res: HeaderSink, ip: string, account: string) => Promise<void>
  /** A tablet shows its code: no account is behind it yet. */
  enrolment: (res: HeaderSink, ip: string) => Promise<void>
  /** Someone asks for a letter: neither a mailbox nor the mail server is to be flooded. */
  letter: (res: HeaderSink, ip: string, to: string) => Promise<void>
  /** Someone shows the token of a link. */
  link: (res: HeaderSink, ip: string) => Promise<void>
  /** Someone whom nobody knows reports something at a place. */
  report: (res: HeaderSink, ip: string, place: string) => Promise<void>
  /** They send a picture of it: opening one is work. */
  reportPhoto: (res: HeaderSink, ip: string, place: string) => Promise<void>
  /** A sign-in that worked forgives the tries before it. */
  signedIn: (ip: string, account: string) => Promise<void>
}

export function rateLimiter(limits: RateLimits, redis: Redis | undefined): RateLimiter {
  const make = (keyPrefix: string, points: number, duration: number) => {
    const memory = new RateLimiterMemory({ keyPrefix, points, duration })
    // Redis gone: each process counts for itself rather than refusing everyone.
    return redis
      ? new RateLimiterRedis({
          storeClient: redis,
          keyPrefix: `rl:${keyPrefix}`,
          points,
          duration,
          insuranceLimiter: memory,
        })
      : memory
  }
  const credentials = make('credential', limits.credentialPerMinute, 60)
  const tenants = make('tenant', limits.tenantPerMinute, 60)
  const addresses = make('address', limits.addressPerMinute, 60)
  const signIns = make('sign-in', limits.signInsPer15Minutes, 900)
  const signInsFrom = make('sign-in-from', limits.wrongSignInsOfNetworkPer15Minutes, 900)
  const signInsOf = make('sign-in-of', limits.strangeSignInsPerHour, 3600)
  const known = make('known-network', 1, KNOWN_FOR_SECONDS)
  const letters = make('letter', limits.lettersPerHour, 3600)
  const lettersFrom = make('letter-from', limits.lettersPerHour * 30, 3600)
  const links = make('link', limits.linksPer15Minutes, 900)
  const reportsFrom = make('report-from', limits.reportsPerHour, 3600)
  const reportsOf = make('report-of', limits.reportsPerHour * 3, 3600)
  // One goes to each report, and a bad network may ask for it again.
  const photosFrom = make('report-photo-from', limits.reportsPerHour * 2, 3600)
  const photosOf = make('report-photo-of', limits.reportsPerHour * 6, 3600)

  return {
    async credential(res, credential, tenantId) {
      await take(res, credentials, credential)
      await take(undefined, tenants, tenantId)
    },
    address: (res, ip) => take(res, addresses, network(ip)),
    async signIn(res, ip, account) {
      const { from, who, both } = signingIn(ip, account)
      await take(res, signIns, both)
      await take(undefined, signInsFrom, from)
      if (!(await known.get(both))) await take(undefined, signInsOf, who)
    },
    enrolment: (res, ip) => take(res, signIns, `${network(ip)} kiosk-enrolment`),
    async letter(res, ip, to) {
      await take(res, lettersFrom, network(ip))
      await take(res, letters, to.toLowerCase())
    },
    link: (res, ip) => take(res, links, network(ip)),
    async report(res, ip, place) {
      await take(res, reportsFrom, network(ip))
      await take(undefined, reportsOf, place)
    },
    async reportPhoto(res, ip, place) {
      await take(res, photosFrom, network(ip))
      await take(undefined, photosOf, place)
    },
    async signedIn(ip, account) {
      const { from, who, both } = signingIn(ip, account)
      await Promise.all([
        signIns.delete(both),
        signInsFrom.reward(from, 1),
        (await known.get(both)) ? undefined : signInsOf.reward(who, 1),
        known.set(both, 1, KNOWN_FOR_SECONDS),
      ])
    },
  }
}

const KNOWN_FOR_SECONDS = 14 * 86_400

function signingIn(ip: string, account: string) {
  const [from, who] = [network(ip), account.toLowerCase()]
  return { from, who, both: `${from} ${who}` }
}

async function take(res: HeaderSink | undefined, limiter: RateLimiterMemory | RateLimiterRedis, key: string) {
  try {
    if (res) show(res, limiter, await limiter.consume(key))
    else await limiter.consume(key)
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal
    if (res) show(res, limiter, refusal)
    refuse('too_many', 'rate_limited', {
      detail: 'Too many requests in a short time. Wait a little, then go on.',
      retryAfterSeconds: Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)),
    })
  }
}

function show(res: HeaderSink, limiter: { points: number }, state: RateLimiterRes) {
  res.setHeader('ratelimit-limit', String(limiter.points))
  res.setHeader('ratelimit-remaining', String(Math.max(0, state.remainingPoints)))
  res.setHeader('ratelimit-reset', String(Math.max(0, Math.ceil(state.msBeforeNext / 1000))))
}

/** A household or a shop owns a /64, so single IPv6 addresses are no identity. */
export function network(ip: string): string {
  const plain = ip.replace(/^::ffff:/, '')
  if (!plain.includes(':')) return plain
  const [head = '', tail] = plain.split('::')
  const left = head.split(':').filter(Boolean)
  const right = tail === undefined ? [] : tail.split(':').filter(Boolean)
  const groups = [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right]
  return `${groups.slice(0, 4).join(':')}::/64`
}
