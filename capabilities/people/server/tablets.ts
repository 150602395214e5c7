import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { Actor } from '@opsflow/platform/actor'
import type { Caller } from '@opsflow/platform/server/authenticator'
import { narrowed, tabletPermissions } from '../index.ts'
import type { Directory, Holder } from './directory.ts'

/** A shared tablet as it stands, with who has proved themselves on it. */
export type TabletState = {
  tenantId: string
  organizationId: string
  organization: { name: string; slug: string }
  /** The whole customer is. */
  suspended: boolean
  kioskId: string
  name: string
  locationId: string
  isLocked: boolean
  session: { id: string; memberId: string; mustChangePin: boolean } | null
}

/** The third way in, beside sessions and keys. Answered by the capability kiosks, which keeps tablets and PINs. */
export type Tablets = {
  /** The secrets in this request, unchecked: to remember answers by, never to trust. */
  credentialIn: (headers: IncomingHttpHeaders) => string | null
  /** Null when no tablet of ours asks, or one whose key opens nothing any more. */
  stateOf: (headers: IncomingHttpHeaders) => Promise<TabletState | null>
  /** How these stand now, in their order; null for one that is gone. */
  statesOf: (
    tablets: readonly { tenantId: string; kioskId: string; sessionId: string | null }[],
  ) => Promise<(TabletState | null)[]>
}

/** Whoever is at each tablet: its person, as far as they may act there, or the bare tablet. */
export async function holdersAt(
  states: readonly TabletState[],
  directory: Pick<Directory, 'members'>,
): Promise<Holder[]> {
  const ids = states.flatMap(({ tenantId, session }) => (session ? [{ tenantId, id: session.memberId }] : []))
  const people = new Map((ids.length > 0 ? await directory.members(ids) : []).map((one) => [keyOf(one.actor), one]))
  return states.map((state) => {
    const person = state.session && people.get(keyOf({ tenantId: state.tenantId, id: state.session.memberId }))
    return (person && personAt(state, state.session, person)) ?? bareTablet(state)
  })
}

/** Anything of what a tablet opens, at this location. */
export const mayWorkAt = ({ actor, suspended }: Holder, locationId: string): boolean =>
  !suspended && narrowed(actor.permissions, tabletPermissions, [locationId]).size > 0

const keyOf = ({ tenantId, id }: { tenantId: string; id: string }) => `${tenantId} ${id}`

/** Undefined when they may do nothing there, or not any more. With a PIN that is to be changed they may do just that. */
function personAt(state: TabletState, session: TabletState['session'], person: Holder): Holder | undefined {
  const actor = actorAtTablet(person, state)
  return (
    actor && {
      ...person,
      actor: session?.mustChangePin ? { ...actor, permissions: new Map() } : actor,
      standing: digestOf([person.standing, state.locationId, session]),
    }
  )
}

/** This person at a tablet: what it opens of what they hold at its location. Undefined when that is nothing. */
export function actorAtTablet(
  { actor, suspended }: Holder,
  { kioskId, locationId }: Pick<TabletState, 'kioskId' | 'locationId'>,
): Actor | undefined {
  const permissions = narrowed(actor.permissions, tabletPermissions, [locationId])
  if (suspended || permissions.size === 0) return undefined
  return { ...actor, permissions, locationIds: new Set([locationId]), kioskId }
}

const bareTablet = (state: TabletState): Holder => ({
  actor: {
    tenantId: state.tenantId,
    organizationId: state.organizationId,
    kind: 'kiosk',
    id: state.kioskId,
    name: state.name,
    permissions: new Map(),
    locationIds: new Set([state.locationId]),
  },
  organization: state.organization,
  suspended: state.suspended,
  standing: digestOf([state.locationId, state.isLocked, state.suspended]),
})

/** For open sockets: another person, or nobody, at the tablet is another caller. */
export async function standingsAtTablets(
  callers: readonly Caller[],
  tablets: Pick<Tablets, 'statesOf'>,
  directory: Pick<Directory, 'members'>,
): Promise<[Caller, string][]> {
  const states = await tablets.statesOf(
    callers.map(({ actor, credential }) => ({
      tenantId: actor.tenantId,
      kioskId: actor.kioskId ?? actor.id,
      sessionId: actor.kind === 'member' ? credential : null,
    })),
  )
  const standing = states.filter((state) => state !== null)
  const holders = await holdersAt(standing, directory)
  return callers.flatMap((caller, at): [Caller, string][] => {
    const state = states[at]
    const holder = state && holders[standing.indexOf(state)]
    const isSame = holder && !holder.suspended && holder.actor.kind === caller.actor.kind
    return isSame && holder.actor.id === caller.actor.id ? [[caller, holder.standing]] : []
  })
}

const digestOf = (parts: unknown[]) => createHash('sha256').update(JSON.stringify(parts)).digest('base64url')
