import { type Actor, demand } from '@opsflow/platform/actor'
import { notFound } from '@opsflow/platform/refusal'
import { recordEvent } from '@opsflow/platform/server/events'
import type { Tx } from '@opsflow/platform/server/tenant'
import { keyRevoked } from '../facts.ts'
import { lockDevice, revokeApiKeyRow, revokeDeviceRow } from './store-keys.ts'

/** An API key opens nothing from now on. Revoking it again changes nothing. */
export async function revokeApiKey(tx: Tx, actor: Actor, id: string): Promise<void> {
  demand(actor, 'keys.manage')
  const isNew = (await revokeApiKeyRow(tx, actor, id)) ?? notFound()
  if (!isNew) return
  await recordEvent(tx, { name: 'people.key_revoked', subjectId: id })
  await tx.emit(keyRevoked, { organizationId: actor.organizationId, kind: 'key', id })
}

/** A gateway or probe may not report any more. Its sensors and what it reported stay. */
export async function revokeDevice(tx: Tx, actor: Actor, id: string): Promise<void> {
  const device = (await lockDevice(tx, actor, id)) ?? notFound()
  demand(actor, 'devices.manage', device.locationId)
  if (device.revokedAt !== null) return
  await revokeDeviceRow(tx, actor, id)
  await recordEvent(tx, { name: 'people.device_revoked', subjectId: id, locationId: device.locationId })
  await tx.emit(keyRevoked, { organizationId: actor.organizationId, kind: 'device', id })
}
