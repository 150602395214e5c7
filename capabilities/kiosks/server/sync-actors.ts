import { tabletPermissions } from '@opsflow/capabilities/people'
import { actorAtTablet, type Directory } from '@opsflow/capabilities/people/server'
import type { Actor } from '@opsflow/platform/actor'
import { notFound, refuse } from '@opsflow/platform/refusal'
import type { Doer, Proved, SyncActors } from '@opsflow/platform/server/sync/actors'
import type { Database } from '@opsflow/platform/server/tenant'
import type { SeatProof, SentMutation } from '@opsflow/platform/sync'
import { kioskIdOf } from './check-pin.ts'
import { PROOF, type ProofRow, REPLICA_TABLET, type TabletStanding } from './store-sync.ts'

type Parts = { database: Pick<Database, 'readOne'>; directory: Pick<Directory, 'members'> }
type Asked = { isCritical: boolean }

/**
 * A tablet has one replica: its location's rows, the same for everyone who sits at it, and read also while nobody does,
 * so that the next person starts at once. What people did comes with their id (`by`), and stands under the rights they
 * hold when it arrives.
 */
export const tabletSyncActors = ({ database, directory }: Parts): SyncActors => ({
  async reader(actor) {
    if (!isAtTablet(actor)) return actor
    const [tablet] = await database.readOne<TabletStanding>(actor, REPLICA_TABLET, [kioskIdOf(actor)])
    if (!tablet || tablet.isGone) return notFound()
    if (tablet.isLocked) {
      refuse('forbidden', 'kiosks.locked', { detail: 'This tablet is locked. A manager can open it.' })
    }
    return readerAt(actor, tablet)
  },

  async doer(actor, { by, proof }, asked) {
    if (!isAtTablet(actor)) return ownDoer(actor, by)
    if (by === null) return refuseWithout('sync.by_missing', 'On a shared tablet every record says who made it.')
    const asks = [kioskIdOf(actor), actor.organizationId, by, proof?.seat, proof?.signature?.receipt, proof?.pinSetAt]
    const [row] = await database.readOne<ProofRow>(actor, PROOF, asks)
    if (!row) return refuseWithout('sync.by_unknown', 'Nobody with this id works in this organization.')
    if (asked.isCritical && !proof?.signature) {
      return refuseWithout('signature.missing', 'On a shared tablet this is signed with your PIN.')
    }
    const proved = provedBy(row, proof, asked)
    const [person] = await directory.members([{ tenantId: actor.tenantId, id: by }])
    const at = person && actorAtTablet(person, { kioskId: row.kioskId, locationId: row.locationId })
    const obstacle = obstacleOf(row, at, proved, asked)
    return obstacle || !at
      ? { may: false, memberId: by, proved, ...(obstacle ?? lost) }
      : { may: true, actor: at, proved }
  },
})

const isAtTablet = ({ kind, kioskId }: Actor) => kind === 'kiosk' || kioskId !== undefined

/** Reads what a tablet's screens show, at its location and nowhere else; does nothing. */
function readerAt({ tenantId, organizationId }: Actor, { id, name, locationId }: TabletStanding): Actor {
  const here = new Set([locationId])
  const reading = tabletPermissions.filter((permission) => permission.endsWith('.read'))
  return {
    tenantId,
    organizationId,
    kind: 'kiosk',
    id,
    name,
    permissions: new Map(reading.map((permission) => [permission, here])),
    locationIds: here,
  }
}

function ownDoer(actor: Actor, by: SentMutation['by']): Doer {
  if (by === null || by === actor.id) return { may: true, actor, proved: 'own' }
  return refuseWithout('sync.by_not_you', 'Only a shared tablet sends what others did.')
}

/** A critical record stands by its signature, everything else by the seat it was made in. */
function provedBy(row: ProofRow, proof: SentMutation['proof'], { isCritical }: Asked): Proved {
  if (isCritical ? row.isSigned : row.isSeated) return 'seat'
  return isOfPin(row, proof) ? 'tablet' : 'outdated'
}

const isOfPin = ({ isSamePin, hasOwnPin }: ProofRow, proof: SeatProof | null | undefined) =>
  hasOwnPin && isSamePin && proof?.pinSetAt != null

type Obstacle = { code: string; detail: string }

const lost: Obstacle = { code: 'kiosks.works_elsewhere', detail: 'This person no longer works at this location.' }

function obstacleOf(row: ProofRow, at: Actor | undefined, proved: Proved, asked: Asked): Obstacle | undefined {
  if (row.isLocked) return { code: 'kiosks.locked', detail: 'The tablet was locked when this arrived.' }
  if (!at) return lost
  if (proved !== 'outdated') return undefined
  if (!row.hasPin) return { code: 'kiosks.no_pin', detail: 'This person has no PIN to have proved themselves with.' }
  if (!asked.isCritical) return undefined
  return { code: 'kiosks.signature_outdated', detail: 'This was signed with a PIN that has been changed since.' }
}

const refuseWithout = (code: string, detail: string) => refuse('invalid', code, { detail })
