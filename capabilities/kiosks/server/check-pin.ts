import { type Directory, mayWorkAt } from '@opsflow/capabilities/people/server'
import type { Actor } from '@opsflow/platform/actor'
import { notFound, refuse } from '@opsflow/platform/refusal'
import type { Database, Tx } from '@opsflow/platform/server/tenant'
import { type Locked, lockAfter } from '../tries.ts'
import type { PinHashes } from './pin-hash.ts'
import { lockKiosk } from './store.ts'
import { insertTry, type Purpose, pinHashOf, succeed, wrongTries } from './store-pins.ts'

export type PinParts = { database: Database; directory: Pick<Directory, 'members'>; hashes: PinHashes }

type Claim = { memberId: string; pin: string; purpose: Purpose }
type Proved = {
  kioskId: string
  locationId: string
  memberId: string
  name: string
  isTemporary: boolean
  pinSetAt: string
  tryId: string
}

/**
 * Does this PIN belong to this person, who may work at this tablet? The try is counted and committed before the PIN is
 * looked at, so that guesses at once are counted one by one; the right PIN takes its own count back, together with
 * whatever follows from it. Every other reason has one answer, after the same work.
 */
export async function checkPin<T>(
  { database, directory, hashes }: PinParts,
  actor: Actor,
  claim: Claim,
  andThen: (tx: Tx, proved: Proved) => Promise<T>,
): Promise<T> {
  const tried = await database.write(actor, (tx) => countTry(tx, claim))
  const [person] = await directory.members([{ tenantId: actor.tenantId, id: claim.memberId }])
  const isRight = await hashes.matches(claim.memberId, claim.pin, tried.pin?.hash ?? null)
  if (!isRight || !tried.pin || !person || !mayWorkAt(person, tried.locationId)) return refuseWrong()
  const { kioskId, locationId, tryId, pin } = tried
  const proved = {
    kioskId,
    locationId,
    memberId: claim.memberId,
    name: person.actor.name,
    isTemporary: pin.isTemporary,
    pinSetAt: pin.setAt,
    tryId,
  }
  return database.write(actor, async (tx) => {
    await openKiosk(tx, kioskId)
    await succeed(tx, tryId)
    return andThen(tx, proved)
  })
}

async function countTry(tx: Tx, { memberId, purpose }: Claim) {
  const { id: kioskId, locationId } = await openKiosk(tx, kioskIdOf(tx.actor))
  const locked = lockAfter(await wrongTries(tx, kioskId, memberId), Date.now())
  if (locked) refuseLocked(locked)
  const tryId = await insertTry(tx, { kioskId, locationId, memberId, purpose })
  return { kioskId, locationId, tryId, pin: await pinHashOf(tx, memberId) }
}

/** Locked for this transaction, and not by a manager. */
async function openKiosk(tx: Tx, id: string) {
  const kiosk = (await lockKiosk(tx, id)) ?? notFound()
  if (kiosk.isLocked || kiosk.isRevoked) {
    refuse('forbidden', 'kiosks.locked', { detail: 'This tablet is locked. A manager can open it.' })
  }
  return kiosk
}

/** The tablet someone acts on, or the bare tablet itself. */
export function kioskIdOf(actor: Actor): string {
  const id = actor.kind === 'kiosk' ? actor.id : actor.kioskId
  return id ?? refuse('forbidden', 'kiosks.not_a_tablet', { detail: 'This is done at a shared tablet.' })
}

const refuseWrong = () => refuse('forbidden', 'kiosks.pin_wrong', { detail: 'This PIN is not right.' })

function refuseLocked({ whom, until }: Locked): never {
  const end = new Date(until).toISOString()
  const code = whom === 'device' ? 'kiosks.guarded' : 'kiosks.pin_locked'
  const who = whom === 'device' ? 'This tablet' : 'This person'
  return refuse('too_many', code, {
    detail: `${who} had too many wrong PINs here, and waits until ${end}.`,
    errors: [{ path: 'body.pin', code, message: end }],
    retryAfterSeconds: Math.max(1, Math.ceil((until - Date.now()) / 1000)),
  })
}
