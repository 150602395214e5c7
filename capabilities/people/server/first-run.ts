import { randomUUID } from 'node:crypto'
import { openLocation } from '@opsflow/capabilities/locations/server'
import { systemActor } from '@opsflow/platform/actor'
import { refuse } from '@opsflow/platform/refusal'
import type { Database } from '@opsflow/platform/server/tenant'
import type pg from 'pg'
import type { Founding } from '../session.ts'
import { addMember } from './add-member.ts'
import { foundTenant } from './found-tenant.ts'
import type { Identity } from './identity.ts'
import { whileEmpty } from './store-founding.ts'

export type FirstRunParts = { pool: pg.Pool; identity: Identity; database: Database }

/** The empty product's first tenant, organization, location and admin. Whoever comes second is refused. */
export async function foundFirst(parts: FirstRunParts, founding: Founding): Promise<void> {
  const founded = await whileEmpty(parts.pool, async () => {
    // Without any tenant an account belongs to nobody: it is what an interrupted founding left behind.
    await parts.identity.removeAccount(founding.email)
    const { userId } = await parts.identity.createAccount(founding)
    const actor = systemActor(randomUUID(), randomUUID(), 'first-run')
    await parts.database.write(actor, async (tx) => {
      await foundTenant(tx, actor, { name: founding.organizationName, organizationName: founding.organizationName })
      await openLocation(tx, actor, {
        name: founding.locationName,
        kind: founding.locationKind,
        timezone: founding.timezone,
        temperatureUnit: founding.temperatureUnit,
        jurisdiction: founding.jurisdiction,
        address: '',
        dayStartsAt: '04:00',
      })
      await addMember(tx, actor, {
        userId,
        name: founding.name,
        email: founding.email,
        grants: [{ role: 'org:admin', locationId: null }],
      })
    })
  })
  if (!founded) {
    refuse('conflict', 'people.already_founded', {
      detail: 'This product has its first organization. Sign in instead.',
    })
  }
}
