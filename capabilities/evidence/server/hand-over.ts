import type { IncomingHttpHeaders } from 'node:http'
import { type Actor, systemActor } from '@opsflow/platform/actor'
import { notFound, Refusal, refuse } from '@opsflow/platform/refusal'
import { deviceOf, type SyncParts } from '@opsflow/platform/server/sync'
import type { Database } from '@opsflow/platform/server/tenant'
import { type AskedPhoto, type Device, isNamedBy } from './store.ts'

export type Devices = Pick<SyncParts, 'clientOf'>

/** A device that nobody is signed in on any more, known by the key of its first pull. */
type Bearer = { device: Device; actor: Actor }

export async function bearerOf(devices: Devices, headers: IncomingHttpHeaders): Promise<Bearer> {
  const [, clientId = '', drainKey = ''] = /^([\da-f-]{36}) ([\w-]{20,100})$/.exec(said(headers)) ?? []
  const device = await deviceOf(devices, { clientId, drainKey })
  const actor = systemActor(device.tenantId, device.organizationId, 'hand-over')
  return { device, actor: { ...actor, ...(device.kioskId && { kioskId: device.kioskId }) } }
}

const said = (headers: IncomingHttpHeaders) => String(headers['opsflow-device'] ?? '')

/** The key opens the way for what was promised before, and for nothing new. */
export async function demandNamed(database: Database, { device, actor }: Bearer, photo: AskedPhoto): Promise<void> {
  if (await database.read(actor, (tx) => isNamedBy(tx, device, photo))) return
  refuse('forbidden', 'files.unnamed', { detail: 'No record of this device names this photo.' })
}

/** For a photo that was begun: whoever has no business with it is told what someone is told who made it up. */
export async function bearerOfPhoto(
  devices: Devices,
  database: Database,
  headers: IncomingHttpHeaders,
  id: string,
): Promise<Actor> {
  try {
    const bearer = await bearerOf(devices, headers)
    await demandNamed(database, bearer, { id })
    return bearer.actor
  } catch (error) {
    if (error instanceof Refusal && error.kind === 'forbidden') notFound()
    throw error
  }
}
