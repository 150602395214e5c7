import type { z } from 'zod'
import { systemActor } from '../../actor.ts'
import { Refusal, refuse } from '../../refusal.ts'
import type { DrainBody, PushAnswer } from '../../sync.ts'
import type { Database } from '../tenant.ts'
import { drainKeyHash } from './drain-key.ts'
import { setAside } from './run-mutation.ts'
import { lockClient } from './store-clients.ts'
import { takeIn } from './take-in.ts'
import { occurrencesOf } from './take-up.ts'
import type { Owner } from './viewer.ts'

export type Drained = Owner & { clientId: string; tenantId: string; organizationId: string }

export type DrainParts = {
  database: Database
  /** Looked up before a tenant is known. */
  clientOf: (drainKeyHash: Buffer) => Promise<Drained | undefined>
}

/** The device that was given this key. Refuses any other. */
export async function deviceOf(
  { clientOf }: Pick<DrainParts, 'clientOf'>,
  { clientId, drainKey }: { clientId: string; drainKey: string },
): Promise<Drained> {
  const client = await clientOf(drainKeyHash(drainKey))
  return client?.clientId === clientId ? client : refuseDrain()
}

/** What a device still holds is set aside for a manager; nothing of it runs, whoever has the key. */
export async function drain(parts: DrainParts, body: z.output<typeof DrainBody>): Promise<PushAnswer> {
  const client = await deviceOf(parts, body)
  const system = systemActor(client.tenantId, client.organizationId, 'sync')
  const mutations = occurrencesOf(body).map(({ sent, occurrence }) => ({
    sent,
    occurrence,
    doer: SET_ASIDE,
    memberId: client.kioskId ? sent.by : client.memberId,
    kioskId: client.kioskId,
    asked: SET_ASIDE,
  }))
  return parts.database.write(system, async (tx) => {
    const locked = await lockClient(tx, body.clientId, client, drainKeyHash(body.drainKey))
    return takeIn(tx, locked, mutations, async (mutation) => setAside(mutation, null, DRAINED))
  })
}

const DRAINED = {
  code: 'sync.drained',
  detail: 'Delivered after the sign-in had ended. A manager decides what becomes of it.',
}
/** Neither who did it nor what it asks for is looked at. */
const SET_ASIDE = new Refusal('forbidden', DRAINED.code, { detail: DRAINED.detail })

const refuseDrain = () => refuse('forbidden', 'sync.drain_refused', { detail: 'This key opens nothing here.' })
