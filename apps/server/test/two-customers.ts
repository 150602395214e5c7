import { lookAfterMatters } from '@opsflow/capabilities/alerts/server'
import { openLocation } from '@opsflow/capabilities/locations/server'
import { addMember, foundTenant, openPeople } from '@opsflow/capabilities/people/server'
import { systemActor } from '@opsflow/platform/actor'
import { openLog } from '@opsflow/platform/server/log'
import { openDatabase, openPool } from '@opsflow/platform/server/tenant'
import { Caller, furnish } from './kitchen.ts'
import type { wholeServer } from './whole-server.ts'

type Whole = Awaited<ReturnType<typeof wholeServer>>

export const PASSWORD = 'correct horse battery staple'

/** An organization, and another customer beside it, each with one of everything. */
export async function twoCustomers(whole: Whole) {
  const nobody = new Caller(whole.origin)
  await nobody.must('POST', '/first-run', {
    body: {
      organizationName: 'Own',
      locationName: 'Main Street',
      timezone: 'America/Chicago',
      jurisdiction: 'us',
      name: 'Ada',
      email: 'ada@own.example',
      password: PASSWORD,
    },
  })
  await foundAnother(whole)
  const admin = await nobody.signedIn('ada@own.example', PASSWORD)
  const own = await furnish(admin, 'own', () => look(whole))
  const stranger = await nobody.signedIn('eve@other.example', PASSWORD)
  const foreign = await furnish(stranger, 'other', () => look(whole))
  return { admin, own, stranger, foreign, device: nobody.withKey(own.deviceKey) }
}

/** What the job of alerts would do now; jobs rest here. */
async function look({ database: { urls, contextKey } }: Whole) {
  const relayPool = openPool(urls.relay, 1)
  const database = openDatabase({ url: urls.app, contextKey, poolSize: 1, prepared: true })
  await lookAfterMatters({ database, relayPool, waysOn: new Set() })
  await Promise.all([database.close(), relayPool.end()])
}

/** Founded beside the API, which founds only the first. */
async function foundAnother({ database: { urls, contextKey }, secrets, origin }: Whole) {
  const pool = openPool(urls.auth, 1)
  const database = openDatabase({ url: urls.app, contextKey, poolSize: 1, prepared: true })
  const { authSecret: secret, pepper } = secrets
  const { identity } = await openPeople({ pool, secret, pepper, publicUrl: origin, log: openLog('silent') })
  const { userId } = await identity.createAccount({ name: 'Eve', email: 'eve@other.example', password: PASSWORD })
  const actor = systemActor(crypto.randomUUID(), crypto.randomUUID(), 'test')
  await database.write(actor, async (tx) => {
    await foundTenant(tx, actor, { name: 'Other', organizationName: 'Other' })
    await openLocation(tx, actor, {
      name: 'Elsewhere',
      kind: 'cafe',
      address: '',
      timezone: 'America/Chicago',
      dayStartsAt: '04:00',
      temperatureUnit: 'F',
      jurisdiction: 'us',
    })
    await addMember(tx, actor, {
      userId,
      name: 'Eve',
      email: 'eve@other.example',
      grants: [{ role: 'org:admin', locationId: null }],
    })
  })
  await database.close()
  await pool.end()
}
