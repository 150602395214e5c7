import { createHmac, randomBytes } from 'node:crypto'
import { proven } from '@opsflow/platform/server/proven.for-tests'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startProduct } from '../product.ts'

// A fifth of what is set by default: the same rules, sooner.
const PER_MINUTE = 600
const PASSWORD = 'correct horse battery staple'
const ADA = 'ada@example.com'

// A password is slow to check, and slower on a busy machine.
vi.setConfig({ testTimeout: 180_000 })

type Product = Awaited<ReturnType<typeof startProduct>>
type Browser = ReturnType<Product['browser']>

let product: Product
/** Where Ada works: she has signed in from here before. */
let atWork: Browser
let session: { tenant: { id: string }; organization: { id: string }; locations: { id: string }[] }
const seen: { attack: string; from: string; tries: number; 'got through': number; 'the true user': string }[] = []

beforeAll(async () => {
  product = await startProduct({ OPSFLOW_RATE_LIMIT: String(PER_MINUTE), OPSFLOW_DEMO: 'off' })
  await product.found({ organizationName: 'Home', locationName: 'Downtown', name: 'Ada', email: ADA })
  atWork = product.browser('192.0.2.10')
  expect((await signIn(atWork)).status).toBe(201)
  session = (await atWork.ask('GET /session')).body
}, 120_000)

afterAll(async () => {
  proven('security', {
    title: 'Limits under attack',
    method:
      'Guesses at each way in through the real API, from one address and from many, until they are turned away; then the true user comes. What got through is what reached the check of the secret itself.',
    findings: [{ what: 'ways in attacked', seen: `${seen.length}` }],
    table: seen,
  })
  await product?.stop()
})

const signIn = ({ ask }: Browser, email = ADA, password = PASSWORD) => ask('POST /session', { email, password })

/** One try at a time, so that each is counted before the next; answers by their status. */
async function tried(times: number, attempt: (n: number) => Promise<{ status: number }>): Promise<number[]> {
  const statuses: number[] = []
  for (let n = 0; n < times; n++) statuses.push((await attempt(n)).status)
  return statuses
}

const through = (statuses: readonly number[]) => statuses.filter((status) => status !== 429).length
const v4 = (n: number) => `203.${n >> 8}.${n & 255}.7`
const guess = (n: number) => `wrong horse battery ${n}`

test('a password is guessed from one address: twenty tries, and Ada still gets in from where she works', async () => {
  const burglar = product.browser('198.51.100.1')
  const statuses = await tried(25, (n) => signIn(burglar, ADA, guess(n)))
  expect(through(statuses)).toBe(20)
  expect(statuses.at(-1)).toBe(429)
  // Not even the right password tells the guesser anything now.
  expect((await signIn(burglar)).status).toBe(429)
  expect((await signIn(product.browser('192.0.2.10'))).status).toBe(201)
  expect((await signIn(product.browser('192.0.2.99'))).status).toBe(201)
  seen.push({
    attack: 'password',
    from: 'one address',
    tries: 25,
    'got through': 20,
    'the true user': 'gets in, from anywhere',
  })
})

test('from many networks: a hundred in an hour, then only networks that Ada came from', async () => {
  const statuses = await tried(110, (n) => signIn(product.browser(v4(n)), ADA, guess(n)))
  const passed = through(statuses)
  expect(passed).toBeLessThanOrEqual(100)
  expect(statuses.at(-1)).toBe(429)
  expect((await signIn(product.browser('192.0.2.10'))).status).toBe(201)
  // The price, and it is documented: from a network she never came from, she waits.
  const elsewhere = await signIn(product.browser('192.0.2.200'))
  expect(elsewhere.status).toBe(429)
  seen.push({
    attack: 'password',
    from: '110 networks',
    tries: 110,
    'got through': passed,
    'the true user': 'gets in from known networks; from new ones within the hour by passkey only',
  })
})

test('the same account by another spelling, and by the older way in, is the same account', async () => {
  expect((await signIn(product.browser(v4(900)), 'ADA@Example.COM', guess(1))).status).toBe(429)
  const older = await fetch(`${product.origin}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { origin: product.origin, 'content-type': 'application/json', 'x-forwarded-for': v4(901) },
    body: JSON.stringify({ email: ADA, password: guess(2) }),
  })
  expect(older.status).toBe(429)
})

test('a PIN: five tries for a person at a tablet, twenty for a tablet, and other tablets go on', async () => {
  const location = session.locations[0]?.id ?? ''
  const ana = await product.takeOn(session, 'Ana', [{ role: 'org:member', locationId: location }])
  const { pin } = (await atWork.ask(`POST /members/${ana}/temporary-pin`)).body
  const tablet = async (address: string) => {
    const { enrolment } = (await atWork.ask('POST /kiosks', { locationId: location, name: 'Line' })).body
    const browser = product.browser(address)
    expect((await browser.ask('POST /kiosk-enrolments', { code: enrolment.code })).status).toBe(201)
    return browser
  }
  const [stolen, other] = [await tablet('198.51.100.3'), await tablet('192.0.2.10')]
  const wrong = (n: number) => String((Number(pin) + 1 + n) % 1_000_000).padStart(6, '0')
  const statuses = await tried(12, (n) => stolen.ask('POST /kiosk-session', { memberId: ana, pin: wrong(n) }))
  expect(through(statuses)).toBe(5)
  expect((await other.ask('POST /kiosk-session', { memberId: ana, pin })).status).toBe(201)
  seen.push({
    attack: 'PIN',
    from: 'one tablet',
    tries: 12,
    'got through': 5,
    'the true user': 'signs in at another tablet; here after 15 minutes',
  })
})

test('letters with reset links flood no mailbox, and guessed links end', async () => {
  const mailbox = await tried(20, (n) =>
    product.browser(v4(300 + n)).ask('POST /password-resets', { email: ADA, language: 'en' }),
  )
  // Mail is off on this server, so that a letter is refused before it is counted: no mailbox can be flooded at all.
  expect(new Set(mailbox)).toEqual(new Set([409]))
  const token = () => randomBytes(32).toString('base64url')
  const guesser = product.browser('198.51.100.4')
  const links = await tried(90, () =>
    guesser.ask('POST /password-resets/password', { token: token(), password: PASSWORD }),
  )
  expect(through(links)).toBe(60)
  seen.push({
    attack: 'reset link',
    from: 'one address',
    tries: 70,
    'got through': 60,
    'the true user': 'follows the link from elsewhere',
  })
})

test.each([
  ['inspector link', 'POST /inspections', () => ({ secret: randomBytes(32).toString('base64url') })],
  ['code on a paper', 'POST /papers/verifications', () => ({ code: randomBytes(16).toString('base64url') })],
  ['invitation', 'POST /invitations/opening', () => ({ token: randomBytes(32).toString('base64url') })],
] as const)('%s: sixty guesses from one network', async (attack, route, body) => {
  const networks = { 'inspector link': 11, 'code on a paper': 12, invitation: 13 }
  const statuses = await tried(66, (n) => product.browser(`2001:db8:2:${networks[attack]}::${n}`).ask(route, body()))
  expect(statuses.some((status) => status >= 200 && status < 300)).toBe(false)
  expect(through(statuses)).toBe(60)
  seen.push({
    attack,
    from: '66 addresses of one /64',
    tries: 66,
    'got through': 60,
    'the true user': 'comes from another network',
  })
})

test('codes of places: sixty guesses from one network, and all of them wrong', async () => {
  const code = () => Array.from(randomBytes(20), (byte) => '0123456789ABCDEFGHJKMNPQRSTVWXYZ'[byte & 31]).join('')
  const statuses = await tried(66, (n) => product.browser(`2001:db8:3::${n}`).ask(`GET /fault-reports?code=${code()}`))
  expect(statuses.some((status) => status >= 200 && status < 300)).toBe(false)
  expect(through(statuses)).toBe(60)
  seen.push({
    attack: 'code of a place',
    from: '66 addresses of one /64',
    tries: 66,
    'got through': 60,
    'the true user': 'comes from another network',
  })
})

test('API keys: as many as one network may ask, and none of them is one', async () => {
  const most = PER_MINUTE * 0.4
  const statuses = await tried(most + 20, async () => {
    const key = `ofk_${randomBytes(32).toString('base64url')}`
    return fetch(`${product.origin}/api/v1/units`, {
      headers: { authorization: `Bearer ${key}`, 'x-forwarded-for': '198.51.100.6' },
    })
  })
  expect(statuses.some((status) => status < 400)).toBe(false)
  const passed = through(statuses)
  expect(passed).toBeLessThanOrEqual(most)
  seen.push({
    attack: 'API key',
    from: 'one address',
    tries: most + 20,
    'got through': passed,
    'the true user': 'is not counted with whoever has no key',
  })
})

test('the code of an authenticator, by someone who has the password: five tries, from wherever', async () => {
  const bea = await product.foundBeside('Bea')
  const { secret } = (await bea.ask('POST /account/authenticator')).body
  const on = await bea.ask('PUT /account/authenticator', { code: codeNow(secret) })
  expect(on.status).toBe(200)
  const right = new Set([-1, 0, 1, 2].map((step) => codeNow(secret, step)))
  const codes = Array.from({ length: 20 }, (_, n) => String(n).padStart(6, '0')).filter((code) => !right.has(code))
  const statuses = await tried(10, (n) =>
    product.browser(v4(600 + n)).ask('POST /session', { email: 'bea@example.com', password: PASSWORD, code: codes[n] }),
  )
  expect(through(statuses)).toBe(5)
  seen.push({
    attack: 'code of an authenticator',
    from: '10 networks, with the right password',
    tries: 10,
    'got through': 5,
    'the true user': 'stays signed in; signs in anew after 15 minutes, or by passkey',
  })
  expect((await bea.ask('GET /session')).status).toBe(200)
})

test('an address that is believed of nobody: what a client writes into X-Forwarded-For before the proxy does not count', async () => {
  const statuses = await tried(66, (n) =>
    fetch(`${product.origin}/api/v1/inspections`, {
      method: 'POST',
      headers: {
        origin: product.origin,
        'content-type': 'application/json',
        'x-forwarded-for': `10.9.8.${n}, 198.51.100.5`,
      },
      body: JSON.stringify({ secret: randomBytes(32).toString('base64url') }),
    }),
  )
  expect(through(statuses)).toBe(60)
})

/** RFC 6238, as an authenticator app counts it. */
function codeNow(secret: string, step = 0): string {
  const bits = [...secret].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  )
  const key = Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + step))
  const mac = createHmac('sha1', key).update(counter).digest()
  return String((mac.readUInt32BE((mac[19] ?? 0) & 15) & 0x7fff_ffff) % 1_000_000).padStart(6, '0')
}
