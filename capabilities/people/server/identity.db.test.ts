import { getMigrations } from 'better-auth/db/migration'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { betterAuthOptions } from './better-auth.ts'
import { builtInIdentity } from './built-in.ts'
import { cookieOf, PASSWORD, type PeopleUnderTest, peopleUnderTest } from './for-tests.ts'
import { sessionCookie } from './session-cookie.ts'

let people: PeopleUnderTest
beforeAll(async () => {
  people = await peopleUnderTest()
})
afterAll(() => people.close())

const here = { headers: { 'user-agent': 'a phone' }, address: '192.0.2.7' }
const account = (name: string) =>
  people.identity.createAccount({ email: `${name}@Example.com`, name, password: PASSWORD })
const ask = async (sql: string, values: unknown[] = []) => (await people.pool.query(sql, values)).rows
const sessionWith = (cookie: string) => people.identity.sessionOf({ cookie })

test('better-auth needs no further change of the tables', async () => {
  const cookie = sessionCookie('https://ops.example.com', 'x')
  const log = { error: () => undefined }
  const options = betterAuthOptions({
    pool: people.pool,
    secret: 'x',
    publicUrl: 'https://ops.example.com',
    cookie,
    log,
  })
  const { toBeCreated, toBeAdded, toBeAddedIndexes, unsafeChanges, schemaProblems } = await getMigrations(options, {
    throwOnUnsafe: false,
  })
  expect({ toBeCreated, toBeAdded, toBeAddedIndexes, unsafeChanges, schemaProblems }).toEqual({
    toBeCreated: [],
    toBeAdded: [],
    toBeAddedIndexes: [],
    unsafeChanges: [],
    schemaProblems: [],
  })
})

describe('signing in', () => {
  test('makes a session that the cookie opens', async () => {
    const { userId } = await account('ana')
    const signedIn = await people.identity.signIn('ANA@example.com', PASSWORD, here)
    expect(signedIn).toMatchObject({ userId })
    const [cookie = ''] = signedIn?.cookies ?? []
    expect(cookie).toMatch(/^__Host-opsflow\.session=[^;]+; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax; Secure$/)
    expect(await sessionWith(cookie.split(';')[0] ?? '')).toMatchObject({ userId })
    expect(await ask('select ip_address, user_agent from auth.sessions where user_id = $1', [userId])).toEqual([
      { ip_address: '192.0.2.7', user_agent: 'a phone' },
    ])
  })

  test('fails alike for a wrong password, an unknown email and an account without a password', async () => {
    const { userId } = await account('ben')
    expect(await people.identity.signIn('ben@example.com', 'wrong', here)).toBeNull()
    expect(await people.identity.signIn('nobody@example.com', PASSWORD, here)).toBeNull()
    await ask('update auth.accounts set password = null where user_id = $1', [userId])
    expect(await people.identity.signIn('ben@example.com', PASSWORD, here)).toBeNull()
  })

  test('ends the session the browser had, and always gives a new one', async () => {
    await account('cleo')
    const before = await cookieOf(people, 'cleo@example.com')
    const again = await people.identity.signIn('cleo@example.com', PASSWORD, {
      headers: { cookie: before },
      address: '',
    })
    const after = again?.cookies[0]?.split(';')[0] ?? ''
    expect(after).not.toBe(before)
    expect(await sessionWith(before)).toBeNull()
    expect(await sessionWith(after)).not.toBeNull()
  })
})

describe('a session', () => {
  test('ends on the server when one signs out', async () => {
    const { userId } = await account('dan')
    const cookie = await cookieOf(people, 'dan@example.com')
    expect(await people.identity.signOut({ cookie })).toEqual({
      cookies: ['__Host-opsflow.session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax; Secure'],
    })
    expect(await sessionWith(cookie)).toBeNull()
    expect(await ask('select from auth.sessions where user_id = $1', [userId])).toEqual([])
  })

  test('expires', async () => {
    const { userId } = await account('eve')
    const cookie = await cookieOf(people, 'eve@example.com')
    await ask(`update auth.sessions set expires_at = now() - interval '1 second' where user_id = $1`, [userId])
    expect(await sessionWith(cookie)).toBeNull()
    expect(await people.identity.rotate({ cookie })).toEqual({ cookies: [] })
  })

  test('is not opened by another signature, a cut one, another cookie or what the table holds', async () => {
    const { userId } = await account('fay')
    const cookie = await cookieOf(people, 'fay@example.com')
    const [name, value = ''] = cookie.split('=')
    const [{ token_hash } = { token_hash: '' }] = await ask('select token_hash from auth.sessions where user_id = $1', [
      userId,
    ])
    const foreign = sessionCookie('https://ops.example.com', 'another secret').set(token_hash, 60).split(';')[0] ?? ''
    for (const wrong of [
      cookie.slice(0, -6),
      `opsflow.session=${value}`,
      `${name}=%`,
      `${name}=${token_hash}`,
      foreign,
    ]) {
      expect(await sessionWith(wrong)).toBeNull()
    }
    expect(await sessionWith(`theme=dark; ${cookie}; x=y`)).toMatchObject({ userId })
  })

  test('gets a new token each day; the one before works a while longer, not for good', async () => {
    const { userId } = await account('gil')
    const first = await cookieOf(people, 'gil@example.com')
    expect(await people.identity.rotate({ cookie: first })).toEqual({ cookies: [] })

    await ask(`update auth.sessions set created_at = now() - interval '25 hours' where user_id = $1`, [userId])
    const { cookies } = await people.identity.rotate({ cookie: first })
    const second = cookies[0]?.split(';')[0] ?? ''
    expect(second).not.toBe(first)
    expect(await sessionWith(second)).toEqual(await sessionWith(first))
    expect(await people.identity.rotate({ cookie: second })).toEqual({ cookies: [] })

    await ask(`update auth.sessions set rotated_at = now() - interval '2 hours' where user_id = $1`, [userId])
    expect(await sessionWith(first)).toBeNull()
    expect(await sessionWith(second)).toMatchObject({ userId })
  })
})

test('a session that is used every day gets no further week after ninety days', async () => {
  const { userId } = await account('lou')
  const cookie = await cookieOf(people, 'lou@example.com')
  const aged = (days: number) =>
    ask(
      `update auth.sessions set created_at = now() - make_interval(days => $2), rotated_at = null where user_id = $1`,
      [userId, days],
    )
  await aged(91)
  expect(await people.identity.rotate({ cookie })).toEqual({ cookies: [] })
  await aged(89)
  expect((await people.identity.rotate({ cookie })).cookies).toHaveLength(1)
})

describe('secrets', () => {
  test('passwords are kept as salted scrypt, session tokens as digests', async () => {
    const { userId } = await account('hal')
    const cookie = decodeURIComponent((await cookieOf(people, 'hal@example.com')).split('=').slice(1).join('='))
    const [stored] = await ask('select password from auth.accounts where user_id = $1', [userId])
    // salt:key in hex; 64 bytes is what scrypt is asked for.
    expect(stored?.password).toMatch(/^[0-9a-f]{32}:[0-9a-f]{128}$/)
    expect(await people.identity.hashPassword(PASSWORD)).not.toBe(stored?.password)
    const everything = JSON.stringify(await ask('select s::text from auth.sessions s'))
    expect(everything).not.toContain(cookie.split('.')[0])
  })

  test('neither password nor token is ever logged', async () => {
    await account('ivy')
    await people.identity.signIn('ivy@example.com', 'hunter2 hunter2', here)
    await people.identity.signIn('nobody@example.com', 'hunter2 hunter2', here)
    const closed = await peopleUnderTest()
    await closed.pool.query('select 1')
    await closed.close()
    await expect(closed.identity.signIn('ivy@example.com', 'hunter2 hunter2', here)).rejects.toThrow()
    expect([...people.logged, ...closed.logged].join('\n')).not.toMatch(/hunter2|session=/)
  })

  test('only the identity role reads accounts and sessions', async () => {
    const { default: pg } = await import('pg')
    for (const url of [people.testDb.urls.app, people.testDb.urls.relay]) {
      const client = new pg.Client(url)
      await client.connect()
      for (const table of ['users', 'sessions', 'accounts', 'verifications']) {
        await expect(client.query(`select from auth.${table}`)).rejects.toThrow('permission denied')
      }
      await client.end()
    }
    await expect(ask('create table auth.mine (id int)')).rejects.toThrow('permission denied')
    await expect(ask('alter table auth.users add column x int')).rejects.toThrow('must be owner')
  })
})

test('an email belongs to one account, whatever its case', async () => {
  await account('jo')
  await expect(account('JO')).rejects.toMatchObject({ kind: 'conflict', code: 'people.email_taken' })
})

test('accounts made with a hash that was made before sign in as well', async () => {
  const passwordHash = await people.identity.hashPassword(PASSWORD)
  await people.identity.createAccount({ email: 'kim@example.com', name: 'Kim', passwordHash })
  expect(await people.identity.signIn('kim@example.com', PASSWORD, here)).not.toBeNull()
})

test.each([
  ['https://ops.example.com', '__Host-opsflow.session', true],
  ['http://127.0.0.1:4000', '__Host-opsflow.session', true],
  ['http://localhost:4000', '__Host-opsflow.session', true],
  ['http://[::1]:4000', '__Host-opsflow.session', true],
  ['http://192.168.1.20:4000', 'opsflow.session', false],
  ['http://127.0.0.1.evil.example', 'opsflow.session', false],
])('at %s the cookie is %s', (publicUrl, name, secure) => {
  expect(sessionCookie(publicUrl, 'x')).toMatchObject({ name, attributes: { secure, httpOnly: true, sameSite: 'lax' } })
})

test('an unencrypted address on the network is warned about, once', async () => {
  const warned: string[] = []
  const log = { warn: (_: object, message: string) => void warned.push(message), error: () => undefined }
  const secret = 'a secret of tests, long enough to sign with: 7f3a91c25e'
  await builtInIdentity({ pool: people.pool, secret, publicUrl: 'http://192.168.1.20:4000', log })
  expect(warned).toEqual([expect.stringContaining('unencrypted')])
})
