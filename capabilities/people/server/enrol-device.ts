import { type Actor, demand } from '@opsflow/platform/actor'
import { notFound } from '@opsflow/platform/refusal'
import { recordEvent } from '@opsflow/platform/server/events'
import type { Tx } from '@opsflow/platform/server/tenant'
import type { Device, NewDevice } from '../device.ts'
import { type Digest, shownPart } from './credentials.ts'
import { insertDevice, visibleLocations } from './store-keys.ts'

/** A gateway or probe gets a key of its own, for one location. */
export async function enrolDevice(
  tx: Tx,
  actor: Actor,
  device: NewDevice,
  key: string,
  digest: Digest,
): Promise<Device> {
  if ((await visibleLocations(tx, actor, [device.locationId])) === 0) notFound()
  demand(actor, 'devices.manage', device.locationId)
  const { id, createdAt } = await insertDevice(tx, actor, device, shownPart(key), digest(key))
  const { locationId, name, kind } = device
  await recordEvent(tx, { name: 'people.device_enrolled', subjectId: id, locationId, after: { name, kind } })
  return { ...device, id, createdAt, prefix: shownPart(key), lastSeenAt: null, revokedAt: null }
}
