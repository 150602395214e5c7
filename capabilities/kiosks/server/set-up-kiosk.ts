import { demand } from '@opsflow/platform/actor'
import { notFound, refuse } from '@opsflow/platform/refusal'
import { recordEvent } from '@opsflow/platform/server/events'
import type { Tx } from '@opsflow/platform/server/tenant'
import { kioskChanged } from '../facts.ts'
import type { Kiosk, NewKiosk } from '../kiosk.ts'
import { insertCode, insertKiosk, isOwnLocation, lockKiosk, readKiosk } from './store.ts'

/** A tablet to be, with the code that makes it one. */
export async function setUpKiosk(
  tx: Tx,
  kiosk: NewKiosk,
  codeHash: Buffer,
): Promise<{ kiosk: Kiosk; expiresAt: string }> {
  if (!(await isOwnLocation(tx, kiosk.locationId))) notFound()
  demand(tx.actor, 'kiosks.manage', kiosk.locationId)
  const id = await insertKiosk(tx, kiosk)
  const expiresAt = await insertCode(tx, { id, locationId: kiosk.locationId }, codeHash)
  await recordEvent(tx, {
    name: 'kiosks.set_up',
    subjectId: id,
    locationId: kiosk.locationId,
    after: { name: kiosk.name },
  })
  return { kiosk: await announced(tx, id), expiresAt }
}

/** Another code for a tablet that lost its key, was wiped, or gives its place to a new one. */
export async function renewCode(tx: Tx, id: string, codeHash: Buffer): Promise<string> {
  const { locationId, state } = await manageable(tx, id)
  if (state === 'revoked') refuseRevoked()
  await recordEvent(tx, { name: 'kiosks.code_renewed', subjectId: id, locationId })
  return insertCode(tx, { id, locationId }, codeHash)
}

/** Locked for a change, by someone who may make it there. */
export async function manageable(tx: Tx, id: string): Promise<Kiosk> {
  if (!(await lockKiosk(tx, id))) notFound()
  const kiosk = (await readKiosk(tx, id)) ?? notFound()
  demand(tx.actor, 'kiosks.manage', kiosk.locationId)
  return kiosk
}

export const refuseRevoked = () =>
  refuse('conflict', 'kiosks.revoked', { detail: 'This tablet was revoked for good. Set up a new one.' })

export async function announced(tx: Tx, id: string): Promise<Kiosk> {
  const kiosk = (await readKiosk(tx, id)) ?? notFound()
  const { organizationId } = tx.actor
  await tx.emit(kioskChanged, { organizationId, locationId: kiosk.locationId, kioskId: id })
  return kiosk
}
