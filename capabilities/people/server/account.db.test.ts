import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Browser, doorUnderTest } from './door.for-tests.ts'
import { admin, type Chain, hire, makeChain, PASSWORD } from './for-tests.ts'
import { codeAt, stepAt } from './totp.ts'

const NEXT = 'copper kettle ninety two'
const UNKNOWN_TOKEN = 'x'.repeat(43)

let door: Awaited<ReturnType<typeof doorUnderTest>>
let chain: Chain
beforeAll(async () => {
  door = await doorUnderTest()
  chain = await makeChain(door.people, { name: 'Burger', locations: 1 })
})
afterAll(() => door.close())

let hired = 0
/** Someone new, signed in at a browser of their own. */
async function someone() {
  const person = await hire(door.people, chain, { name: `Person ${++hired}`, grants: admin })
  return { ...person, browser: await signedIn(person.email) }
}
async function signedIn(email: string, password = PASSWORD, second: object = {}): Promise<Browser> {
  const browser = door.browser()
  const answer = await browser.ask('POST /session', { email, password, ...second })
  expect(answer.status, answer.text).toBe(201)
  return browser
}
const sql = async (text: string, values: unknown[] = []) => (await door.people.pool.query(text, values)).rows
const stale = (userId: string) =>
  sql(`update auth.sessions set authenticated_at = now() - interval '11 minutes' where user_id = $1`, [userId])
const eventsOf = async (memberId: string) =>
  door.people.database.readOne<{ name: string; actor: string }>(
    chain.system,
    'select name, actor from events where subject_id = $1 order by id',
    [memberId],
  )

/** An authenticator app: it read the secret, and half a minute later shows another code. */
async function withAuthenticator() {
  const person = await someone()
  const begun = await person.browser.ask('POST /account/authenticator')
  const secret = fromBase32(begun.body.secret)
  const code = () => {
    door.people.advance(30_000)
    return codeAt(secret, stepAt(door.people.now()))
  }
  const confirmed = await person.browser.ask('PUT /account/authenticator', { code: code() })
  expect(confirmed.status, confirmed.text).toBe(200)
  const recoveryCodes: string[] = confirmed.body.recoveryCodes
  return { ...person, secret, code, recoveryCodes }
}
function fromBase32(text: string): Buffer {
  const bits = [...text].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  )
  return Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}

describe('a new password by letter', () => {
  test('ends every session, works once, and is told to the person and to the organization', async () => {
    const { browser, email, memberId } = await someone()
    expect((await door.browser().ask('POST /password-resets', { email: email.toUpperCase() })).status).toBe(204)
    const token = await door.tokenFor(email)
    const at = door.browser()
    expect((await at.ask('POST /password-resets/password', { token, password: NEXT })).status).toBe(204)
    expect((await browser.ask('GET /account')).status).toBe(401)
    expect((await at.ask('POST /session', { email, password: PASSWORD })).status).toBe(401)
    expect((await at.ask('POST /session', { email, password: NEXT })).status).toBe(201)
    expect(await at.ask('POST /password-resets/password', { token, password: PASSWORD })).toMatchObject({
      status: 409,
      body: { code: 'people.link_unknown' },
    })
    expect(door.letterTo(email)?.subject).toBe('Your password was changed')
    expect(await eventsOf(memberId)).toContainEqual({ name: 'people.password_reset', actor: `member:${memberId}` })
  })

  test('is in Spanish for who reads Spanish', async () => {
    const { email } = await someone()
    await door.browser().ask('POST /password-resets', { email, language: 'es' })
    await door.tokenFor(email)
    expect(door.letterTo(email)).toMatchObject({
      subject: 'Elija una contraseña nueva',
      html: expect.stringContaining('lang="es"'),
    })
  })

  test('of two letters the newer one is good; neither is after an hour', async () => {
    const { email } = await someone()
    const ask = () => door.browser().ask('POST /password-resets', { email })
    await ask()
    const first = await door.tokenFor(email)
    await ask()
    await expect.poll(() => door.tokenFor(email)).not.toBe(first)
    const second = await door.tokenFor(email)
    const use = (token: string) => door.browser().ask('POST /password-resets/password', { token, password: NEXT })
    expect((await use(first)).status).toBe(409)
    await sql(`update auth.mailed_links set expires_at = now() where email = $1`, [email])
    expect((await use(second)).status).toBe(409)
  })

  test('a link of another purpose opens nothing here', async () => {
    const { browser, email } = await someone()
    await browser.ask('POST /account/email-links', {})
    const token = await door.tokenFor(email)
    const answer = await door.browser().ask('POST /password-resets/password', { token, password: NEXT })
    expect(answer.body.code).toBe('people.link_unknown')
  })

  test('leaves a known password out, and keeps the link for a better one', async () => {
    const { email } = await someone()
    await door.browser().ask('POST /password-resets', { email })
    const token = await door.tokenFor(email)
    const use = (password: string) => door.browser().ask('POST /password-resets/password', { token, password })
    expect(await use('passwordpassword')).toMatchObject({ status: 422, body: { errors: [{ path: 'body.password' }] } })
    expect((await use(NEXT)).status).toBe(204)
  })

  test('does not stand in for the second factor', async () => {
    const { email, code } = await withAuthenticator()
    await door.browser().ask('POST /password-resets', { email })
    // The address was never proved before, so whoever proves it first may have been locked out by someone else.
    await sql('update auth.users set email_verified = true where email = $1', [email])
    const token = await door.tokenFor(email)
    await door.browser().ask('POST /password-resets/password', { token, password: NEXT })
    const at = door.browser()
    const refused = await at.ask('POST /session', { email, password: NEXT })
    expect(refused).toMatchObject({ status: 401, body: { code: 'people.code_required' } })
    expect((await at.ask('POST /session', { email, password: NEXT, code: code() })).status).toBe(201)
  })

  test('takes an account back from whoever lay in wait in it with an address that was not theirs', async () => {
    const { email } = await withAuthenticator()
    await door.browser().ask('POST /password-resets', { email })
    const token = await door.tokenFor(email)
    await door.browser().ask('POST /password-resets/password', { token, password: NEXT })
    const mine = await signedIn(email, NEXT)
    expect((await mine.ask('GET /account')).body).toMatchObject({ emailVerified: true, codesRequired: false })
  })
})

describe('nobody learns from the door who has an account', () => {
  const same = (one: { status: number; text: string }, other: { status: number; text: string }) => {
    const plain = ({ status, text }: typeof one) => `${status} ${text.replace(/"requestId":"[^"]+"/, '')}`
    expect(plain(one)).toBe(plain(other))
  }

  test.each([
    ['POST /session', { password: 'not the password' }],
    ['POST /password-resets', {}],
    ['POST /sign-ups', {}],
  ])('%s answers alike', async (route, rest) => {
    const { email } = await someone()
    const at = door.browser()
    same(await at.ask(route, { email, ...rest }), await at.ask(route, { email: `no.${email}`, ...rest }))
  })

  test('a sign-in does the same work for an unknown address as for a wrong password', async () => {
    const { email } = await someone()
    const scrypt = vi.spyOn(crypto, 'scrypt')
    syncBuiltinESMExports() // those who import it by name see the spy too
    const at = door.browser()
    const workFor = async (address: string) => {
      scrypt.mockClear()
      await at.ask('POST /session', { email: address, password: 'not the password' })
      return scrypt.mock.calls.map(([, , length, options]) => ({ length, options }))
    }
    const [known, unknown] = [await workFor(email), await workFor(`no.${email}`)]
    scrypt.mockRestore()
    syncBuiltinESMExports()
    expect(known).toHaveLength(1)
    expect(unknown).toEqual(known)
  })

  test('the letter tells, in the mailbox: an account asks to sign in, a new address to go on', async () => {
    const { email } = await someone()
    await door.browser().ask('POST /sign-ups', { email })
    await expect.poll(() => door.letterTo(email)?.subject).toBe('You have an OpsFlow account already')
    await door.browser().ask('POST /sign-ups', { email: 'brand.new@example.com' })
    await expect.poll(() => door.letterTo('brand.new@example.com')?.subject).toBe('Your OpsFlow sign-up')
  })
})

describe('a sign-up', () => {
  const founding = {
    ...{ organizationName: 'Blue Plate <b>&</b>', locationName: 'Main Street', timezone: 'America/Chicago' },
    ...{ name: 'Ada', password: NEXT },
  }

  test('founds an organization whose admin has proved the address, once', async () => {
    const email = 'ada@blueplate.example'
    await door.browser().ask('POST /sign-ups', { email })
    const token = await door.tokenFor(email)
    const at = door.browser()
    expect((await at.ask('POST /sign-ups/link', { token })).body).toEqual({ email })
    expect((await at.ask('POST /sign-ups/founding', { token, ...founding })).status).toBe(201)
    expect((await at.ask('GET /session')).body).toMatchObject({
      member: { name: 'Ada', role: 'org:admin' },
      organization: { name: 'Blue Plate <b>&</b>' },
      locations: [{ name: 'Main Street' }],
    })
    expect((await at.ask('GET /account')).body).toMatchObject({ email, emailVerified: true })
    expect((await door.browser().ask('POST /sign-ups/founding', { token, ...founding })).status).toBe(409)
  })

  test('of two at once with the same link founds one', async () => {
    const email = 'twice@blueplate.example'
    await door.browser().ask('POST /sign-ups', { email })
    const token = await door.tokenFor(email)
    const tries = await Promise.all(
      [1, 2, 3].map(() => door.browser().ask('POST /sign-ups/founding', { token, ...founding })),
    )
    expect(tries.map(({ status }) => status).sort()).toEqual([201, 409, 409])
  })

  test('goes on where an interrupted one left an account that belongs to nobody', async () => {
    const email = 'left@blueplate.example'
    await door.people.identity.createAccount({ email, name: 'Half', password: 'some other password' })
    await door.browser().ask('POST /sign-ups', { email })
    const token = await door.tokenFor(email)
    expect((await door.browser().ask('POST /sign-ups/founding', { token, ...founding })).status).toBe(201)
  })
})

describe('one’s own account', () => {
  test('a changed password ends the other sessions and stays in this one', async () => {
    const { browser, email } = await someone()
    const phone = await signedIn(email)
    const change = (currentPassword: string, password: string) =>
      browser.ask('PUT /account/password', { currentPassword, password })
    expect((await change('not the password', NEXT)).status).toBe(403)
    expect((await change(PASSWORD, 'Password1234!')).body.code).toBe('people.password_known')
    expect((await change(PASSWORD, NEXT)).status).toBe(204)
    expect((await browser.ask('GET /account')).status).toBe(200)
    expect((await phone.ask('GET /account')).status).toBe(401)
  })

  test('a new address is used once it was proved, and the old one is told', async () => {
    const { browser, email, memberId } = await someone()
    const next = `new.${email}`
    expect((await browser.ask('POST /account/email-links', { email: next })).status).toBe(204)
    expect((await browser.ask('GET /account')).body.email).toBe(email)
    const token = await door.tokenFor(next)
    expect((await door.browser().ask('POST /email-confirmations', { token })).body).toEqual({ email: next })
    expect((await browser.ask('GET /account')).body).toMatchObject({ email: next, emailVerified: true })
    expect((await browser.ask('GET /session')).body.member.email).toBe(next)
    expect(door.letterTo(email)?.subject).toBe('Your email address was changed')
    expect(await eventsOf(memberId)).toContainEqual({ name: 'people.email_changed', actor: `member:${memberId}` })
    await signedIn(next)
  })

  test('somebody else’s address is not taken, and asking for it tells the asker nothing', async () => {
    const [{ browser }, { email: theirs }] = [await someone(), await someone()]
    expect((await browser.ask('POST /account/email-links', { email: theirs })).status).toBe(204)
    expect(door.letterTo(theirs)?.subject).toBe('This address has an OpsFlow account already')
  })

  test.each([
    ['POST /account/authenticator', undefined],
    ['DELETE /account/authenticator', undefined],
    ['POST /account/recovery-codes', undefined],
    ['POST /account/passkey-challenges', { purpose: 'add' }],
    ['POST /account/email-links', { email: 'thief@example.com' }],
    [`DELETE /account/passkeys/${crypto.randomUUID()}`, undefined],
  ])('%s asks first who one is, when that was long ago', async (route, body) => {
    const { browser, userId } = await someone()
    await stale(userId)
    expect((await browser.ask(route, body)).body).toMatchObject({ code: 'people.confirmation_required' })
    expect((await browser.ask('POST /session/confirmation', { password: 'not the password' })).status).toBe(403)
    expect((await browser.ask('POST /session/confirmation', { password: PASSWORD })).status).toBe(204)
    expect((await browser.ask(route, body)).body?.code).not.toBe('people.confirmation_required')
  })
})

describe('codes of an authenticator app', () => {
  test('are asked for once one has confirmed the app, at every way in', async () => {
    const { email, code } = await withAuthenticator()
    const at = door.browser()
    expect((await at.ask('POST /session', { email, password: PASSWORD })).body.code).toBe('people.code_required')
    expect((await at.ask('POST /auth/sign-in/email', { email, password: PASSWORD })).body.code).toBe(
      'people.code_required',
    )
    expect(at.cookie).toBe('')
    expect((await at.ask('POST /session', { email, password: 'wrong', code: code() })).body.code).toBe(
      'people.sign_in_failed',
    )
    expect((await at.ask('POST /session', { email, password: PASSWORD, code: code() })).status).toBe(201)
  })

  test('are not in force before they are confirmed', async () => {
    const { browser, email } = await someone()
    await browser.ask('POST /account/authenticator')
    expect((await browser.ask('PUT /account/authenticator', { code: '000000' })).body.code).toBe('people.code_wrong')
    await signedIn(email)
  })

  test('end the sessions that began without them', async () => {
    const person = await someone()
    const phone = await signedIn(person.email)
    const begun = await person.browser.ask('POST /account/authenticator')
    const code = codeAt(fromBase32(begun.body.secret), stepAt(door.people.now()))
    await person.browser.ask('PUT /account/authenticator', { code })
    expect((await phone.ask('GET /account')).status).toBe(401)
    expect((await person.browser.ask('GET /account')).status).toBe(200)
  })

  test('are good once, also within their half minute, also for two at once', async () => {
    const { email, code: nextCode } = await withAuthenticator()
    const code = nextCode()
    const tries = await Promise.all(
      [1, 2].map(() => door.browser().ask('POST /session', { email, password: PASSWORD, code })),
    )
    expect(tries.map(({ status }) => status).sort()).toEqual([201, 401])
    const again = await door.browser().ask('POST /session', { email, password: PASSWORD, code })
    expect(again.body.code).toBe('people.code_wrong')
  })

  test('are not guessed: five tries, from anywhere and at once, then a quarter of an hour', async () => {
    const { email, userId, code } = await withAuthenticator()
    const guess = (n: number) =>
      door
        .browser()
        .ask('POST /session', { email, password: PASSWORD, code: '000000' }, { 'x-forwarded-for': `198.51.100.${n}` })
    const tries = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(guess))
    expect(tries.filter(({ body }) => body.code === 'people.code_wrong')).toHaveLength(5)
    const locked = tries.filter(({ body }) => body.code === 'people.code_locked')
    expect(locked).toHaveLength(3)
    expect(Number(locked[0]?.headers.get('retry-after'))).toBeGreaterThan(800)
    const right = await door.browser().ask('POST /session', { email, password: PASSWORD, code: code() })
    expect(right).toMatchObject({ status: 429, body: { code: 'people.code_locked' } })

    await sql('update auth.second_factors set locked_until = now() where user_id = $1', [userId])
    await signedIn(email, PASSWORD, { code: code() })
  })

  test('lie sealed in the database, and recovery codes hashed', async () => {
    const { userId, secret, recoveryCodes } = await withAuthenticator()
    const rows = await sql(
      `select f.sealed_secret::text || array(select c.code_hash from auth.recovery_codes c where c.user_id = $1)::text as kept
         from auth.second_factors f where user_id = $1`,
      [userId],
    )
    expect(rows[0].kept).not.toContain(secret.toString('hex'))
    for (const code of recoveryCodes) expect(rows[0].kept).not.toContain(Buffer.from(code).toString('hex'))
  })
})

describe('recovery codes', () => {
  test('open the account once each, and the person is told', async () => {
    const { email, recoveryCodes, browser } = await withAuthenticator()
    expect(recoveryCodes).toHaveLength(10)
    const [recoveryCode = ''] = recoveryCodes
    await signedIn(email, PASSWORD, { recoveryCode: ` ${recoveryCode.toUpperCase()} ` })
    expect(door.letterTo(email)?.subject).toBe('A recovery code was used')
    const again = await door.browser().ask('POST /session', { email, password: PASSWORD, recoveryCode })
    expect(again.body.code).toBe('people.code_wrong')
    expect((await browser.ask('GET /account')).body.recoveryCodesLeft).toBe(9)
  })

  test('are not guessed: they share the five tries of the codes', async () => {
    const { email, recoveryCodes } = await withAuthenticator()
    const guess = (recoveryCode: string) =>
      door.browser().ask('POST /session', { email, password: PASSWORD, recoveryCode })
    for (let n = 0; n < 5; n++) expect((await guess('aaaa-bbbb-cccc')).body.code).toBe('people.code_wrong')
    expect((await guess(recoveryCodes[0] as string)).body.code).toBe('people.code_locked')
  })

  test('are of one account only', async () => {
    const [one, other] = [await withAuthenticator(), await withAuthenticator()]
    const recoveryCode = other.recoveryCodes[0]
    const tried = await door.browser().ask('POST /session', { email: one.email, password: PASSWORD, recoveryCode })
    expect(tried.body.code).toBe('people.code_wrong')
  })

  test('made anew, the old ones are worth nothing', async () => {
    const { email, browser, recoveryCodes } = await withAuthenticator()
    const renewed = await browser.ask('POST /account/recovery-codes')
    const old = { email, password: PASSWORD, recoveryCode: recoveryCodes[0] }
    expect((await door.browser().ask('POST /session', old)).body.code).toBe('people.code_wrong')
    await signedIn(email, PASSWORD, { recoveryCode: renewed.body.recoveryCodes[9] })
  })

  test('go with the authenticator', async () => {
    const { email, browser } = await withAuthenticator()
    expect((await browser.ask('DELETE /account/authenticator')).status).toBe(204)
    expect((await browser.ask('GET /account')).body).toMatchObject({ codesRequired: false, recoveryCodesLeft: 0 })
    await signedIn(email)
  })
})

describe('sessions', () => {
  test('are listed with what tells them apart, and ended one by one or all but this', async () => {
    const { browser, email } = await someone()
    const [phone, tablet] = [await signedIn(email), await signedIn(email)]
    const listed = async () => (await browser.ask('GET /account/sessions')).body.items
    const all = await listed()
    expect(all).toHaveLength(3)
    expect(all.filter(({ current }: { current: boolean }) => current)).toHaveLength(1)
    const phones = (await phone.ask('GET /account/sessions')).body.items.find(
      ({ current }: { current: boolean }) => current,
    )
    expect((await browser.ask(`DELETE /account/sessions/${phones.id}`)).status).toBe(204)
    expect((await phone.ask('GET /account')).status).toBe(401)
    expect((await tablet.ask('GET /account')).status).toBe(200)
    expect((await browser.ask('DELETE /account/sessions')).status).toBe(204)
    expect((await tablet.ask('GET /account')).status).toBe(401)
    expect(await listed()).toHaveLength(1)
  })

  test('of somebody else are not there', async () => {
    const [{ browser }, { browser: theirs }] = [await someone(), await someone()]
    const [session] = (await theirs.ask('GET /account/sessions')).body.items
    expect((await browser.ask(`DELETE /account/sessions/${session.id}`)).status).toBe(404)
    expect((await theirs.ask('GET /account')).status).toBe(200)
  })

  test('are not fixed: a cookie brought along before the sign-in is never the one after it', async () => {
    const [{ browser: thief }, { email }] = [await someone(), await someone()]
    const brought = thief.cookie
    const victim = door.browser(brought)
    expect((await victim.ask('POST /session', { email, password: PASSWORD })).status).toBe(201)
    expect(victim.cookie).not.toBe(brought)
    expect((await door.browser(brought).ask('GET /account')).status).toBe(401)
    const made = `__Host-opsflow.session=${encodeURIComponent('chosen-by-a-thief.c2lnbmF0dXJl')}`
    const other = door.browser(made)
    await other.ask('POST /session', { email, password: PASSWORD })
    expect((await door.browser(made).ask('GET /account')).status).toBe(401)
  })

  test('are of this host alone, and no other site writes with them', async () => {
    const { browser, email } = await someone()
    const answer = await door.browser().ask('POST /session', { email, password: PASSWORD })
    const [cookie = ''] = answer.headers.getSetCookie()
    // `__Host-` holds a browser to it: https, this host, no Domain.
    expect(cookie).toMatch(/^__Host-opsflow\.session=/)
    expect(cookie).not.toMatch(/domain=/i)
    for (const origin of ['https://evil.example', 'https://sub.ops.example.com', 'null']) {
      const told = await browser.ask('DELETE /account/authenticator', undefined, { origin })
      expect(told, origin).toMatchObject({ status: 403, body: { code: 'origin.foreign' } })
    }
  })
})

describe('passkeys', () => {
  test('that are nobody’s open nothing, and a challenge is asked once', async () => {
    const at = door.browser()
    const begun = await at.ask('POST /session/passkey-challenges')
    expect(begun.body.options).toMatchObject({ rpId: 'ops.example.com', userVerification: 'required' })
    const { challengeId } = begun.body
    const credential = { id: 'eA', rawId: 'eA', type: 'public-key', response: { clientDataJSON: 'e30' } }
    const told = await at.ask('POST /session/passkey', { challengeId, credential })
    expect(told).toMatchObject({ status: 403, body: { code: 'people.passkey_refused' } })
    expect(await sql('select from auth.passkey_challenges where id = $1', [challengeId])).toEqual([])
  })

  test('are added by a person, not by a made-up answer', async () => {
    const { browser } = await someone()
    const begun = await browser.ask('POST /account/passkey-challenges', { purpose: 'add' })
    const credential = { id: 'eA', rawId: 'eA', type: 'public-key', response: { clientDataJSON: 'e30' } }
    const body = { challengeId: begun.body.challengeId, credential, name: 'Phone' }
    expect((await browser.ask('POST /account/passkeys', body)).body.code).toBe('people.passkey_refused')
  })
})

test('tokens are not guessed: after so many from one network, every further one waits', async () => {
  const at = door.browser()
  const from = { 'x-forwarded-for': '203.0.113.9' }
  const guess = () => at.ask('POST /email-confirmations', { token: UNKNOWN_TOKEN }, from)
  const statuses = await Promise.all(Array.from({ length: 51 }, guess))
  expect(statuses.filter(({ status }) => status === 409)).toHaveLength(50)
  expect(statuses.filter(({ status }) => status === 429)).toHaveLength(1)
})

test('nobody’s mailbox is flooded', async () => {
  const few = await doorUnderTest({ lettersPerHour: 2 })
  const ask = () => few.browser().ask('POST /sign-ups', { email: 'flooded@example.com' })
  expect([(await ask()).status, (await ask()).status, (await ask()).status]).toEqual([204, 204, 429])
  await few.close()
})

test('with mail off the door says so, and asks nobody to wait for a letter', async () => {
  const quiet = await doorUnderTest({ mail: false })
  const at = quiet.browser()
  expect((await at.ask('GET /door')).body).toEqual({ mail: false, signUp: false, passkeys: true, clerk: null })
  expect((await at.ask('POST /password-resets', { email: 'ana@example.com' })).body.code).toBe('people.mail_off')
  expect((await at.ask('POST /sign-ups', { email: 'ana@example.com' })).body.code).toBe('people.sign_up_closed')
  await quiet.close()
})

test('no password, code, token or cookie reaches the log', () => {
  const everything = [...door.logged, ...door.people.logged].join('\n')
  expect(everything).toContain('/password-resets')
  const tokens = door.letters.flatMap(({ text }) => text.match(/#([\w-]{43})/)?.[1] ?? [])
  expect(tokens.length).toBeGreaterThan(5)
  for (const token of tokens) expect(everything).not.toContain(token)
  expect(everything).not.toMatch(/battery staple|copper kettle|opsflow\.session=\w|otpauth:/)
})
