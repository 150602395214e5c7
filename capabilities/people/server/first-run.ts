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

export type FirstRunParts = { pool: pg.Pool; identity: Identity; database: Database }

/** The empty product's first tenant, organization, location and admin. Whoever comes second is refused. */
export async function foundFirst(parts: FirstRunParts, founding: Founding): Promise<void> {
  await alone(parts.pool, async () => {
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
}

const FOUNDING = 20_180_215_001 // one number for this lock; advisory locks have no names

/** One founding at a time, and none after the first. Tries the lock instead of waiting: waiting would fill the pool. */
async function alone(pool: pg.Pool, found: () => Promise<void>) {
  const client = await pool.connect()
  try {
    await client.query('begin')
    // Two statements: the second one's snapshot is taken with the lock in hand.
    const lock = await client.query<{ locked: boolean }>('select pg_try_advisory_xact_lock($1::bigint) as locked', [
      FOUNDING,
    ])
    if (!lock.rows[0]?.locked) refuseFounded()
    const known = await client.query('select from tenants limit 1')
    if (known.rowCount) refuseFounded()
    await found()
  } finally {
    await client.query('rollback').catch(() => undefined)
    client.release()
  }
}

const refuseFounded = () =>
  refuse('conflict', 'people.already_founded', { detail: 'This product has its first organization. Sign in instead.' })
