import { hash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { notFound, refuse } from '@opsflow/platform/refusal'
import type { Authenticator, Caller } from '@opsflow/platform/server/authenticator'
import { type Digest, keyIn } from './credentials.ts'
import type { Directory, Holder } from './directory.ts'
import type { Identity } from './identity.ts'
import { standingsOf } from './standings.ts'
import { holdersAt, type Tablets } from './tablets.ts'

/**
 * The platform's questions, and how to make it ask again. Null for no credentials and for any that open nothing:
 * unknown, wrong, expired and revoked look alike.
 */
export type RememberingAuthenticator = Authenticator & {
  /** People, keys or places of this tenant changed: what is remembered of it no longer counts. */
  forgetTenant: (tenantId: string) => void
  /** This request's credential just ended or changed. */
  forget: (headers: IncomingHttpHeaders) => void
  /** These sessions just ended. */
  forgetSessions: (ids: readonly string[]) => void
}

export type AuthenticatorParts = {
  identity: Pick<Identity, 'sessionOf' | 'credentialIn' | 'usersOf'>
  directory: Omit<Directory, 'isEmpty'>
  /** Where shared tablets are kept. */
  tablets?: Tablets | undefined
  digest: Digest
  clock?: () => number
}

/** Revocation cuts within 5 s (blueprint 7), even where the fact that announces it never arrives. */
const REMEMBER_MS = 3000
const MOST_REMEMBERED = 20_000

/** A credential's name in memory, where the secret itself is not kept. */
const nameOf = (secret: string) => hash('sha256', secret, 'base64url')

/** What a credential opens: a session the organizations of its person, a key or device exactly one. */
type Opened = {
  via: Caller['via']
  credential: string
  callers: ReadonlyMap<string, Caller>
  holders: Holder[]
  /** Chosen with the session itself; what a request names goes before it. */
  organizationId: string | undefined
}
type Remembered = { until: number; answer: Promise<Opened | null>; opened?: Opened }

export function authenticator(parts: AuthenticatorParts): RememberingAuthenticator {
  const { identity, directory, tablets, digest, clock = Date.now } = parts
  const remembered = new Map<string, Remembered>()

  const lookUp = async (headers: IncomingHttpHeaders, key: string | undefined): Promise<Opened | null> => {
    if (key?.startsWith('ofk_')) return openedByKey('key', await directory.keyByHash(digest(key)))
    if (key?.startsWith('ofd_')) return openedByKey('device', await directory.deviceByHash(digest(key)))
    const tablet = await tablets?.stateOf(headers)
    if (tablet) {
      return opened('kiosk', tablet.session?.id ?? tablet.kioskId, await holdersAt([tablet], directory))
    }
    const session = await identity.sessionOf(headers)
    if (!session) return null
    const holders = await directory.memberships([session.userId])
    return opened('session', session.sessionId, holders, session.organizationId)
  }

  /** A browser that is a shared tablet is nothing else: what it asks, it asks as the tablet or whoever is at it. */
  const cookieIn = (headers: IncomingHttpHeaders) =>
    [tablets?.credentialIn(headers), identity.credentialIn(headers)].filter(Boolean).join(' ') || null

  const open = (headers: IncomingHttpHeaders): Promise<Opened | null> => {
    const key = keyIn(headers.authorization)
    const secret = key ?? cookieIn(headers)
    if (!secret) return Promise.resolve(null)
    const name = nameOf(secret)
    const known = remembered.get(name)
    if (known && known.until > clock()) return known.answer

    const entry: Remembered = { until: clock() + REMEMBER_MS, answer: lookUp(headers, key ?? undefined) }
    remembered.delete(name)
    remembered.set(name, entry)
    if (remembered.size > MOST_REMEMBERED) remembered.delete(remembered.keys().next().value as string)
    const settle = (answer: Opened | null) => {
      if (answer && answer.holders.length > 0) entry.opened = answer
      else if (remembered.get(name) === entry) remembered.delete(name)
    }
    entry.answer.then(settle, () => settle(null))
    return entry.answer
  }

  /** An answer still under way may have been read before the change, so it goes too. */
  const forgetWhere = (isConcerned: (opened: Opened) => boolean) => {
    for (const [name, { opened }] of remembered) if (!opened || isConcerned(opened)) remembered.delete(name)
  }

  return {
    async authenticate({ headers, organizationId, isRead = false }) {
      const opened = await open(headers)
      return opened && callerIn(opened, organizationId?.toLowerCase(), isRead)
    },
    async standings(callers) {
      const standings = await standingsOf(callers, identity, directory, tablets)
      const changed = callers.filter((caller) => standings.get(caller) !== caller.standing)
      const names = new Set(changed.map(({ via, credential }) => `${via} ${credential}`))
      if (names.size > 0) forgetWhere(({ via, credential }) => names.has(`${via} ${credential}`))
      return standings
    },
    forgetTenant: (tenantId) => forgetWhere(({ holders }) => holders.some(({ actor }) => actor.tenantId === tenantId)),
    forgetSessions: (ids) => forgetWhere(({ via, credential }) => via === 'session' && ids.includes(credential)),
    forget(headers) {
      const secret = keyIn(headers.authorization) ?? cookieIn(headers)
      if (secret) remembered.delete(nameOf(secret))
    },
  }
}

const openedByKey = (via: 'key' | 'device', holder: Holder | undefined) =>
  holder ? opened(via, holder.actor.id, [holder]) : null

/** The callers are made once, so that an actor keeps its signed context while it is remembered. */
function opened(via: Caller['via'], credential: string, holders: Holder[], organizationId?: string): Opened {
  const callers = holders.map(({ actor, standing }): [string, Caller] => [
    actor.organizationId,
    { actor, via, credential, standing },
  ])
  return { via, credential, holders, callers: new Map(callers), organizationId }
}

function callerIn(session: Opened, named: string | undefined, isRead: boolean): Caller {
  const { holders, callers } = session
  const implied = holders.find(({ actor }) => actor.organizationId === session.organizationId)
  const chosen = named === undefined && implied ? implied : choose(holders, named, isRead)
  if (chosen.suspended) {
    refuse('forbidden', 'people.suspended', { detail: 'This access is suspended. An admin can restore it.' })
  }
  return callers.get(chosen.actor.organizationId) as Caller
}

function choose(holders: Holder[], organizationId: string | undefined, isRead: boolean): Holder {
  if (organizationId !== undefined) {
    return called(organizationId, holders) ?? notFound()
  }
  const active = holders.filter(({ suspended }) => !suspended)
  if (active.length > 1 && !isRead) return refuseWithout(active)
  return active[0] ?? holders[0] ?? refuseOutsider()
}

/** An id names one organization. A slug does within a tenant; of two tenants' it is the first by name. */
const called = (name: string, holders: Holder[]) =>
  holders.find(({ actor }) => actor.organizationId === name) ??
  holders.find(({ organization }) => organization.slug === name)

const refuseOutsider = () =>
  refuse('forbidden', 'people.no_organization', { detail: 'You belong to no organization any more.' })

const refuseWithout = (choices: Holder[]) =>
  refuse('invalid', 'people.organization_required', {
    detail: 'You belong to several organizations. Choose one with organizationId.',
    errors: choices.map(({ actor, organization }) => ({
      path: 'query.organizationId',
      code: actor.organizationId,
      message: organization.name,
    })),
  })
