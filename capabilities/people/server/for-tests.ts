import { openLocation } from '@opsflow/capabilities/locations/server'
import { type Actor, systemActor } from '@opsflow/platform/actor'
import { type TestDatabase, testDatabase } from '@opsflow/platform/server/postgres/for-tests'
import { type Database, openDatabase, openPool } from '@opsflow/platform/server/tenant'
import type pg from 'pg'
import type { Role } from '../role-schema.ts'
import { addMember, type NewMember } from './add-member.ts'
import { addOrganization, foundTenant } from './found-tenant.ts'
import { openPeople, type People } from './open.ts'
import { grantsOfMember } from './store-grants.ts'

export type PeopleUnderTest = People & {
  testDb: TestDatabase
  database: Database
  pool: pg.Pool
  logged: string[]
  /** The clock of sessions and codes: it stands still until it is moved. */
  now: () => number
  advance: (ms: number) => void
  close: () => Promise<void>
}

/** A database of its own with everything of this capability open on it, as the unprivileged roles. */
export async function peopleUnderTest(publicUrl = 'https://ops.example.com'): Promise<PeopleUnderTest> {
  const testDb = await testDatabase()
  const database = openDatabase({ url: testDb.urls.app, contextKey: testDb.contextKey, poolSize: 6, prepared: true })
  const pool = openPool(testDb.urls.auth, 4)
  const logged: string[] = []
  const note = (details: object, message: string) => void logged.push(`${message} ${JSON.stringify(details)}`)
  let now = Date.now()
  const people = await openPeople({
    pool,
    secret: 'a secret of tests, long enough to sign with: 7f3a91c25e',
    pepper: 'a pepper of tests',
    publicUrl,
    log: { warn: note, error: note },
    clock: () => now,
  })
  return {
    ...people,
    testDb,
    database,
    pool,
    logged,
    now: () => now,
    advance: (ms) => {
      now += ms
    },
    async close() {
      await pool.end()
      await database.close()
      await testDb.drop()
    },
  }
}

export const PASSWORD = 'correct horse battery staple'

/** scrypt takes its time; tests that only need someone signed in share one hash. */
let hashed: Promise<string> | undefined

export type Chain = { system: Actor; locationIds: string[] }

/** A tenant, or one more organization of `tenantId`, with that many locations. */
export async function makeChain(
  { database }: PeopleUnderTest,
  { name, locations, tenantId }: { name: string; locations: number; tenantId?: string },
): Promise<Chain> {
  const system = systemActor(tenantId ?? crypto.randomUUID(), crypto.randomUUID(), 'test')
  const locationIds = await database.write(system, async (tx) => {
    if (tenantId) await addOrganization(tx, system, name)
    else await foundTenant(tx, system, { name, organizationName: name })
    const ids: string[] = []
    for (let n = 1; n <= locations; n++) ids.push((await openLocation(tx, system, locationNamed(`${name} ${n}`))).id)
    return ids
  })
  return { system, locationIds }
}

export const locationNamed = (name: string) => ({
  name,
  kind: 'cafe' as const,
  address: '',
  timezone: 'America/Chicago',
  dayStartsAt: '04:00',
  temperatureUnit: 'F' as const,
  jurisdiction: 'us' as const,
})

/** Someone with an account, at work in the chain. */
export async function hire(
  people: PeopleUnderTest,
  { system }: Chain,
  person: { name: string; grants: NewMember['grants']; userId?: string },
): Promise<{ userId: string; memberId: string; email: string; actor: Actor }> {
  const email = `${person.name.toLowerCase().replaceAll(' ', '.')}@example.com`
  hashed ??= people.identity.hashPassword(PASSWORD)
  const userId =
    person.userId ??
    (await people.identity.createAccount({ email, name: person.name, passwordHash: await hashed })).userId
  const { id: memberId } = await people.database.write(system, (tx) =>
    addMember(tx, system, { userId, name: person.name, email, grants: person.grants }),
  )
  const memberships = await people.directory.memberships([userId])
  const { actor } = memberships.find((holder) => holder.actor.id === memberId) as { actor: Actor }
  return { userId, memberId, email, actor }
}

/** Signs in and returns the `Cookie` header of the browser afterwards. */
export async function cookieOf({ identity }: People, email: string, password = PASSWORD): Promise<string> {
  const signedIn = await identity.signIn(email, password, { headers: {}, address: '192.0.2.7' })
  return signedIn?.cookies[0]?.split(';')[0] ?? ''
}

/** The grants someone holds now, as ids; of one role only, when it is named. */
export async function grantIdsOf({ database }: PeopleUnderTest, { system }: Chain, memberId: string, role?: Role) {
  const held = await database.read(system, (tx) => grantsOfMember(tx, system, memberId))
  return held.filter((grant) => role === undefined || grant.role === role).map(({ id }) => id)
}

export const admin: NewMember['grants'] = [{ role: 'org:admin', locationId: null }]
