import { recordEvent } from '@opsflow/platform/server/events'
import type { Tx } from '@opsflow/platform/server/tenant'
import type { Kiosk, KioskChange } from '../kiosk.ts'
import { announced, manageable, refuseRevoked } from './set-up-kiosk.ts'
import { endSessionsAt, revokeRow, updateKiosk, wipeRow } from './store.ts'

/** Renames, locks, opens. Opening forgives the wrong PINs that closed it. */
export async function changeKiosk(tx: Tx, id: string, change: KioskChange): Promise<Kiosk> {
  const before = await manageable(tx, id)
  if (before.state === 'revoked') refuseRevoked()
  await updateKiosk(tx, id, change)
  if (change.locked) await endSessionsAt(tx, id)
  const after = await announced(tx, id)
  await recordEvent(tx, {
    name: 'kiosks.changed',
    subjectId: id,
    locationId: before.locationId,
    before: { name: before.name, state: before.state },
    after: { name: after.name, state: after.state },
  })
  return after
}

/** The tablet's key opens nothing from this moment; what the tablet holds itself goes when it comes by. */
export async function wipeKiosk(tx: Tx, id: string): Promise<Kiosk> {
  const { state, locationId } = await manageable(tx, id)
  if (state === 'revoked') refuseRevoked()
  await wipeRow(tx, id)
  await endSessionsAt(tx, id)
  await recordEvent(tx, { name: 'kiosks.wiped', subjectId: id, locationId })
  return announced(tx, id)
}

/** For good. What was recorded on it keeps its name. */
export async function revokeKiosk(tx: Tx, id: string): Promise<void> {
  const { state, locationId } = await manageable(tx, id)
  if (state === 'revoked') return
  await revokeRow(tx, id)
  await endSessionsAt(tx, id)
  await recordEvent(tx, { name: 'kiosks.revoked', subjectId: id, locationId })
  await announced(tx, id)
}
