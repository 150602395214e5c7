import { randomUUID } from 'node:crypto'
import { lookAfterMatters } from '@opsflow/capabilities/alerts/server'
import { openTablets } from '@opsflow/capabilities/kiosks/server'
import { openLocation } from '@opsflow/capabilities/locations/server'
import { PERMISSIONS } from '@opsflow/capabilities/people'
import { addMember, foundTenant, openPeople } from '@opsflow/capabilities/people/server'
import { type Actor, systemActor } from '@opsflow/platform/actor'
import { ledgerKey } from '@opsflow/platform/server/ledger/node-ground'
import { sealAll } from '@opsflow/platform/server/ledger/seal'
import { installLedgerKey } from '@opsflow/platform/server/ledger/store-keys'
import { openLog } from '@opsflow/platform/server/log'
import { openDatabase, openPool } from '@opsflow/platform/server/tenant'
import { Caller, furnish } from '../kitchen.ts'
import { wholeServer } from '../whole-server.ts'

export const PASSWORD = 'correct horse battery staple'
const PIN = '402957'

type Grants = Parameters<typeof addMember>[2]['grants']

/** Everyone who may stand before a route. */
export const CALLERS = [
  'admin',
  'manager of the place',
  'member of the place',
  'manager of a sibling place',
  'member of a sibling place',
  'admin of another tenant',
  'nobody',
  'expired session',
  'revoked session',
  'suspended member',
  'suspended tenant',
  'API key without the scope',
  'API key with the scope',
  'bare tablet',
  'person at a tablet',
  'device',
] as const
export type CallerName = (typeof CALLERS)[number]

export type World = Awaited<ReturnType<typeof openWorld>>

/**
 * Two chains on one server: ours with two places and everyone who can stand at a door, theirs with the same furniture.
 * `mark` is part of every name of theirs.
 */
export async function openWorld({ environment = {}, theirMark = 'other' } = {}) {
  // A name, not an address: passkeys ask for one.
  const whole = await wholeServer({ OPSFLOW_TRUSTED_PROXIES: '1', ...environment }, 'localhost')
  const { urls, contextKey } = whole.database
  const { authSecret: secret, pepper } = whole.secrets
  const pool = openPool(urls.auth, 2)
  const rows = openPool(whole.database.admin, 2)
  const relayPool = openPool(urls.relay, 1)
  const database = openDatabase({ url: urls.app, contextKey, poolSize: 2, prepared: true })
  const tablets = openTablets({ pool, pepper, publicUrl: whole.origin })
  const log = openLog('silent')
  const people = await openPeople({ pool, secret, pepper, publicUrl: whole.origin, log, tablets })
  const nobody = new Caller(whole.origin, { 'x-forwarded-for': anAddress() })

  /** What the job of alerts would do now; jobs rest here. */
  const look = () => lookAfterMatters({ database, relayPool, waysOn: new Set() })

  async function account(name: string) {
    const email = `${name.toLowerCase().replaceAll(/\W+/g, '.')}@people.example`
    const { userId } = await people.identity.createAccount({
      name,
      email,
      passwordHash: await people.identity.hashPassword(PASSWORD),
    })
    return { userId, email }
  }
  const signIn = async (email: string) =>
    new Caller(whole.origin, {
      ...(await nobodyNew().signedIn(email, PASSWORD)).headers,
      'x-forwarded-for': anAddress(),
    })
  const nobodyNew = () => new Caller(whole.origin, { 'x-forwarded-for': anAddress() })

  async function foundBeside(name: string) {
    const { userId, email } = await account(`Eve of ${name}`)
    const actor = systemActor(randomUUID(), randomUUID(), 'test')
    await database.write(actor, async (tx) => {
      await foundTenant(tx, actor, { name, organizationName: name })
      await openLocation(tx, actor, { ...somewhere, name: `Elsewhere ${name}` })
      const grants: Grants = [{ role: 'org:admin', locationId: null }]
      await addMember(tx, actor, { userId, name: `Eve of ${name}`, email, grants })
    })
    return { tenantId: actor.tenantId, email }
  }

  const founded = await nobody.ask('POST', '/first-run', {
    body: {
      ...{ organizationName: 'Own', locationName: 'Main Street', timezone: 'America/Chicago', jurisdiction: 'us' },
      ...{ name: 'Ada', email: 'ada@own.example', password: PASSWORD },
    },
  })
  if (founded.status !== 201) throw new Error(`nothing was founded: ${founded.text}`)
  const admin = await signIn('ada@own.example')
  const session = await admin.must('GET', '/session')
  const system = systemActor(session.tenant.id, session.organization.id, 'test')
  const place: string = session.locations[0].id
  const sibling: string = (
    await admin.must('POST', '/locations', { body: { name: 'Riverside', kind: 'cafe', timezone: 'America/Chicago' } })
  ).id

  const hire = async (name: string, grants: Grants) => {
    const { userId, email } = await account(name)
    const { id } = await database.write(system, (tx) => addMember(tx, system, { userId, name, email, grants }))
    return { id, email }
  }

  const other = await foundBeside(`Other ${theirMark}`)
  const theirAdmin = await signIn(other.email)
  const own = await furnish(admin, 'own', look)
  const foreign = await furnish(theirAdmin, theirMark, look)
  await sealOnce(whole)

  const manager = await hire('Mona', [{ role: 'org:manager', locationId: place }])
  const member = await hire('Cy', [{ role: 'org:member', locationId: place }])
  const siblingManager = await hire('Mo', [{ role: 'org:manager', locationId: sibling }])
  const siblingMember = await hire('Cee', [{ role: 'org:member', locationId: sibling }])

  const expired = await signIn((await hire('Expired', [{ role: 'org:admin', locationId: null }])).email)
  await rows.query(
    `update auth.sessions set expires_at = now() - interval '1 minute'
      where user_id = (select user_id from members where name = 'Expired')`,
  )
  const revoked = await signIn((await hire('Revoked', [{ role: 'org:admin', locationId: null }])).email)
  await revoked.must('DELETE', '/session')
  const suspendedPerson = await hire('Suspended', [{ role: 'org:admin', locationId: null }])
  const suspended = await signIn(suspendedPerson.email)
  await admin.must('PATCH', `/members/${suspendedPerson.id}`, { body: { status: 'suspended' } })
  const closed = await foundBeside('Closed')
  const closedAdmin = await signIn(closed.email)
  await rows.query(`update tenants set status = 'suspended' where tenant_id = $1`, [closed.tenantId])

  const keyWith = async (scopes: readonly string[]) =>
    nobody.withKey((await admin.must('POST', '/api-keys', { body: { name: 'Integrator', scopes } })).key)
  const narrowKeys = new Map([
    ['temperature.read', await keyWith(['temperature.read'])],
    ['tasks.read', await keyWith(['tasks.read'])],
  ])
  const wideKey = await keyWith(PERMISSIONS)
  const device = nobody.withKey(own.deviceKey)

  async function tablet() {
    const { enrolment } = await admin.must('POST', '/kiosks', {
      body: { locationId: place, name: `Tablet ${randomUUID()}` },
    })
    return withCookies(nobodyNew(), 'POST', '/kiosk-enrolments', { code: enrolment.code })
  }
  async function atTablet() {
    const { pin } = await admin.must('POST', `/members/${member.id}/temporary-pin`)
    let at = await withCookies(await tablet(), 'POST', '/kiosk-session', { memberId: member.id, pin })
    at = await withCookies(at, 'PUT', '/pin', { pin: PIN, currentPin: pin })
    // A tablet locks itself after two minutes that nobody touched it; whoever stands there here touches nothing.
    await rows.query(`update kiosk_sessions set active_at = now() + interval '1 day' where ended_at is null`)
    return at
  }
  const bareTablet = await tablet()
  const personAtTablet = await atTablet()

  const callers: Record<Exclude<CallerName, 'API key without the scope'>, Caller> = {
    admin,
    'manager of the place': await signIn(manager.email),
    'member of the place': await signIn(member.email),
    'manager of a sibling place': await signIn(siblingManager.email),
    'member of a sibling place': await signIn(siblingMember.email),
    'admin of another tenant': theirAdmin,
    nobody,
    'expired session': expired,
    'revoked session': revoked,
    'suspended member': suspended,
    'suspended tenant': closedAdmin,
    'API key with the scope': wideKey,
    'bare tablet': bareTablet,
    'person at a tablet': personAtTablet,
    device,
  }
  /** As they are, but with a session of its own: for what ends the session it is asked with. */
  async function anew(name: CallerName): Promise<Caller> {
    const emails: Partial<Record<CallerName, string>> = {
      'manager of the place': manager.email,
      'member of the place': member.email,
      'manager of a sibling place': siblingManager.email,
      'member of a sibling place': siblingMember.email,
    }
    const email = emails[name]
    if (email) return signIn(email)
    if (name === 'bare tablet') return tablet()
    return name === 'person at a tablet' ? atTablet() : callerFor(name, '')
  }
  /** A key never has the permission a route asks for. */
  const callerFor = (name: CallerName, permission: string): Caller => {
    if (name !== 'API key without the scope') return callers[name]
    return narrowKeys.get(permission === 'temperature.read' ? 'tasks.read' : 'temperature.read') as Caller
  }

  /** Whom the product itself takes a caller for: nobody, refused, or an actor with its permissions. */
  async function actorOf(caller: Caller): Promise<{ actor: Actor | null; refused?: string }> {
    try {
      const found = await people.authenticator.authenticate({ headers: caller.headers, organizationId: undefined })
      return { actor: found?.actor ?? null }
    } catch (error) {
      return { actor: null, refused: (error as { code: string }).code }
    }
  }

  return {
    ...{
      whole,
      rows,
      database,
      people,
      system,
      session,
      place,
      sibling,
      own,
      foreign,
      admin,
      theirAdmin,
      nobody,
      device,
    },
    ...{ manager, member, callerFor, anew, actorOf, look, hire, signIn, account, tablet, atTablet, relayPool },
    foreignTenant: other.tenantId,
    ownTenant: session.tenant.id as string,
    async close() {
      await Promise.all([pool.end(), rows.end(), relayPool.end(), database.close()])
      await whole.close()
    },
  }
}

/** What the sealer would do now, with the key that the start states. */
async function sealOnce({ database: { urls }, secrets }: Awaited<ReturnType<typeof wholeServer>>) {
  const key = ledgerKey(Buffer.from(secrets.ledgerKey, 'base64'))
  await installLedgerKey(urls.owner, key)
  const pool = openPool(urls.sealer, 1)
  await sealAll({ pool, key, log: openLog('silent') })
  await pool.end()
}

const somewhere = {
  kind: 'cafe' as const,
  address: '',
  timezone: 'America/Chicago',
  dayStartsAt: '04:00',
  temperatureUnit: 'F' as const,
  jurisdiction: 'us' as const,
}

/** Each caller at an address of its own, so that one does not use up the tries of another. */
export const anAddress = () => `198.51.${Math.floor(Math.random() * 256)}.${Math.floor(Math.random() * 256)}`

/** Asks once and keeps the cookies that come back, as a browser does. */
export async function withCookies(caller: Caller, method: string, path: string, body?: unknown): Promise<Caller> {
  const response = await fetch(`${caller.origin}/api/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...caller.headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (response.status >= 300) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  const jar = new Map(
    (caller.headers.cookie ?? '').split('; ').flatMap((pair): [string, string][] => {
      const at = pair.indexOf('=')
      return at > 0 ? [[pair.slice(0, at), pair.slice(at + 1)]] : []
    }),
  )
  for (const line of response.headers.getSetCookie()) {
    const pair = line.split(';')[0] ?? ''
    jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
  }
  const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  return new Caller(caller.origin, { ...caller.headers, cookie })
}
