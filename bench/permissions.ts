import { randomUUID } from 'node:crypto'
import { authenticator } from '../capabilities/people/server/authenticate.ts'
import { digestWith, newKey } from '../capabilities/people/server/credentials.ts'
import { directory } from '../capabilities/people/server/directory.ts'
import { can } from '../platform/actor.ts'
import { contextSigner } from '../platform/server/context.ts'
import type { TestDatabase } from '../platform/server/postgres/for-tests.ts'
import { openDatabase, openPool } from '../platform/server/tenant.ts'
import { Chains } from './chains.ts'
import { atMost, backendsOf, type Effort, type Mode, measure, type Report, tableOf } from './lib.ts'

const GROUPS = 50
const PER_GROUP = 100
const CHECKS = 50

/** A manager of a region: 5 districts of 100 locations, in a chain of 5,000. What it costs to know what she may do where. */
export async function permissions(database: TestDatabase, effort: Effort): Promise<Report> {
  const chains = await Chains.plant(database, 1)
  const pool = openPool(database.urls.auth, 4)
  const tenants = openDatabase({ url: database.urls.app, contextKey: database.contextKey, poolSize: 4, prepared: true })
  const digest = digestWith('a pepper of the bench')
  const known = directory(pool)
  const nobody = {
    sessionOf: async () => null,
    credentialIn: () => null,
    usersOf: async () => new Map<string, string>(),
  }
  const { authenticate, forgetTenant } = authenticator({ identity: nobody, directory: known, digest })
  const sign = contextSigner(database.contextKey)
  try {
    const { tenantId, userId, key, within, beyond } = await plantRegion(chains, digest)
    const request = { headers: { authorization: `Bearer ${key}` }, organizationId: undefined, isRead: true }
    const actorNow = async () => (await authenticate(request))?.actor ?? Promise.reject(new Error('nobody'))
    /** What each request pays: who is it, the signed context, and can() for a page of rows. */
    const check = async () => {
      const actor = await actorNow()
      sign(actor)
      for (let n = 0; n < CHECKS; n++) {
        if (!can(actor, 'temperature.read', within[n % within.length])) throw new Error('a right is missing')
        if (can(actor, 'temperature.read', beyond[n % beyond.length])) throw new Error('a right too many')
      }
      return undefined
    }
    const modes: Mode[] = [
      {
        name: 'the request: rights, and a page of 50 rows',
        work: async () => {
          await check()
          const rows = await tenants.readOne(await actorNow(), 'select id, name from locations order by id limit 50')
          if (rows.length !== CHECKS) throw new Error(`${rows.length} rows`)
          return undefined
        },
      },
      { name: 'rights, known for three seconds', work: check },
      {
        name: 'rights, asked anew',
        work: async () => {
          forgetTenant(tenantId)
          return check()
        },
      },
      {
        name: 'effective locations alone, asked anew',
        work: async () => {
          const [holder] = await known.memberships([userId])
          const { locationIds } = holder?.actor ?? {}
          if (locationIds === undefined || locationIds === 'all' || locationIds.size !== 500) throw new Error('not 500')
          return undefined
        },
      },
    ]
    const measured = await measure(modes, { ...effort, loops: 1 }, backendsOf(chains.admin))
    const [whole, remembered, anew] = measured
    if (!whole || !remembered || !anew) throw new Error('a mode is missing')
    return {
      title: 'Rights of a manager of 500 of 5,000 locations (one at a time; 50 checks that hold, 50 that do not)',
      table: tableOf(measured),
      findings: [
        atMost('can() and effective locations, median', 1, remembered.p50Millis, ' ms'),
        atMost('of the request’s median', 0.25, remembered.p50Millis / whole.p50Millis, '×'),
        atMost('asked anew, once in three seconds, median', 10, anew.p50Millis, ' ms'),
      ],
    }
  } finally {
    await Promise.all([pool.end(), tenants.close()])
    await chains.close()
  }
}

async function plantRegion(chains: Chains, digest: (secret: string) => Buffer) {
  const [tenant] = chains.tenants
  if (!tenant) throw new Error('no tenant')
  const { tenantId, organizationId } = tenant
  const { admin, factory } = chains
  const region = randomUUID()
  const own = { tenant_id: tenantId, organization_id: organizationId }
  await factory.store('public.location_groups', { ...own, id: region, name: 'Region' })
  const groups = Array.from({ length: GROUPS }, (_, n) => ({ id: randomUUID(), parent: n < 5 ? region : null }))
  for (const [n, { id, parent }] of groups.entries()) {
    await factory.store('public.location_groups', { ...own, id, parent_id: parent, name: `District ${n}` })
  }
  await admin.query(
    `insert into locations (tenant_id, organization_id, group_id, name, kind, timezone)
     select $1, $2, g.id, g.id || ' ' || n, 'cafe', 'UTC' from unnest($3::uuid[]) g (id), generate_series(1, $4::int) n`,
    [tenantId, organizationId, groups.map(({ id }) => id), PER_GROUP],
  )
  await admin.query('analyze locations, location_groups')
  const userId = randomUUID()
  const member = await factory.store('public.members', { ...own, id: randomUUID(), user_id: userId, name: 'Manager' })
  const grant = { tenant_id: tenantId, member_id: member.id, role: 'org:manager', group_id: region }
  await factory.store('public.role_grants', grant)
  const key = newKey('ofk')
  await factory.store('public.api_keys', {
    ...(await factory.prepare(tenant, 'public.api_keys')),
    created_by: member.id,
    scopes: ['temperature.read', 'locations.read'],
    key_hash: digest(key),
  })
  const idsIn = async (at: string[]) => {
    const { rows } = await admin.query<{ id: string }>('select id from locations where group_id = any ($1)', [at])
    return rows.map(({ id }) => id)
  }
  const ids = groups.map(({ id }) => id)
  return { tenantId, userId, key, within: await idsIn(ids.slice(0, 5)), beyond: await idsIn(ids.slice(5)) }
}
