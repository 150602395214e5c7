import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { emptyFolder } from '@opsflow/platform/server/files/folder.for-tests'
import { catchMail } from '@opsflow/platform/server/mail-catcher.for-tests'
import { testDatabase } from '@opsflow/platform/server/postgres/for-tests'
import { freePort } from '@opsflow/platform/server/postgres/port'
import { newSecrets } from '@opsflow/platform/server/postgres/secrets'
import { proven } from '@opsflow/platform/server/proven.for-tests'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'

const program = fileURLToPath(new URL('../server-process.for-tests.ts', import.meta.url))
const PASSWORD = 'a password that is nowhere else'
const EMAIL = 'ada@example.com'

let server: ChildProcess
let database: Awaited<ReturnType<typeof testDatabase>>
let catcher: Awaited<ReturnType<typeof catchMail>>
let origin: string
let log = ''
const secretsOfServer = newSecrets()
/** Everything that was secret, by what it is called. */
const passed = new Map<string, string>()
const refusals: string[] = []
const addresses: string[] = []

const secret = (name: string, value: string | undefined) => {
  if (!value || value.length < 6) throw new Error(`no ${name} passed through`)
  passed.set(`${name} ${passed.size}`, value)
  return value
}

beforeAll(async () => {
  ;[database, catcher] = await Promise.all([testDatabase(), catchMail()])
  const port = await freePort()
  origin = `http://127.0.0.1:${port}`
  const secrets = { ...secretsOfServer, contextKey: database.contextKey.toString('base64') }
  server = spawn(process.execPath, [program], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      GROUND: JSON.stringify({ urls: database.urls, secrets, port, publicUrl: origin }),
      OPSFLOW_DEMO: 'off',
      OPSFLOW_DATA_DIR: emptyFolder(),
      OPSFLOW_SIGN_UP: 'open',
      LOG_LEVEL: 'trace',
      SMTP_HOST: '127.0.0.1',
      SMTP_PORT: String(catcher.port),
      SMTP_SECURITY: 'none',
      SMTP_FROM: 'ops@example.com',
    },
  })
  for (const stream of [server.stdout, server.stderr]) stream?.on('data', (part) => (log += part))
  await vi.waitFor(async () => expect((await fetch(`${origin}/readyz`)).status).toBe(200), {
    timeout: 90_000,
    interval: 50,
  })
}, 120_000)

afterAll(async () => {
  if (server?.exitCode === null) {
    const ended = once(server, 'exit')
    server.kill('SIGKILL')
    await ended
  }
  await catcher?.close()
  await database?.drop()
})

type Sent = { body?: unknown; cookie?: string; key?: string }

async function ask(route: string, { body, cookie, key }: Sent = {}) {
  const [method = 'GET', path = ''] = route.split(' ')
  addresses.push(path)
  const response = await fetch(`${origin}/api/v1${path}`, {
    method,
    headers: {
      origin,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(cookie ? { cookie } : {}),
      ...(key ? { authorization: `Bearer ${key}` } : {}),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (response.status >= 400) refusals.push(text)
  const cookies = response.headers.getSetCookie().map((line) => line.split(';')[0] ?? '')
  return { status: response.status, body: text ? JSON.parse(text) : null, cookie: cookies.join('; ') }
}

const tokenIn = (text: string) => /#(?:token=)?([\w-]{43})/.exec(text)?.[1]

test('no secret that passed through the server is in its log, in an address or in a refusal', async () => {
  for (const [name, value] of Object.entries(secretsOfServer)) {
    if (name !== 'contextKey' && typeof value === 'string') secret(`the server’s ${name}`, value)
  }
  await ask('POST /first-run', {
    body: {
      organizationName: 'Home',
      locationName: 'Main',
      timezone: 'America/Chicago',
      jurisdiction: 'us',
      name: 'Ada',
      email: EMAIL,
      password: secret('password', PASSWORD),
    },
  })
  // Rightly, wrongly, and where nothing is known of it.
  const { cookie } = await ask('POST /session', { body: { email: EMAIL, password: PASSWORD } })
  secret('session', decodeURIComponent(cookie.split('=').slice(1).join('=')).split('.')[0])
  await ask('POST /session', { body: { email: EMAIL, password: secret('wrong password', 'wrong wrong wrong 17') } })
  await ask('POST /session', {
    body: { email: EMAIL, password: { nested: secret('misplaced password', 'misplaced-password-18') } },
  })
  await ask('GET /session', {
    cookie: `opsflow.session=${secret('made-up session', randomBytes(32).toString('base64url'))}.x`,
  })

  const session = (await ask('GET /session', { cookie })).body
  const location = session.locations[0].id
  const own = { cookie }
  const apiKey = secret(
    'API key',
    (await ask('POST /api-keys', { body: { name: 'K', scopes: ['temperature.read'] }, ...own })).body.key,
  )
  const deviceKey = secret(
    'device key',
    (await ask('POST /devices', { body: { locationId: location, name: 'G', kind: 'gateway' }, ...own })).body.key,
  )
  await ask('GET /units', { key: apiKey })
  await ask('POST /ingest/readings', { body: { readings: [] }, key: deviceKey })
  await ask('GET /units', { key: secret('wrong key', `ofk_${randomBytes(32).toString('base64url')}`) })

  const person = (
    await ask('POST /members', {
      body: { name: 'Rosa', grants: [{ role: 'org:member', locationId: location }] },
      ...own,
    })
  ).body.id
  const pin = secret('PIN', (await ask(`POST /members/${person}/temporary-pin`, own)).body.pin)
  const kiosk = (await ask('POST /kiosks', { body: { locationId: location, name: 'Line' }, ...own })).body
  const tablet = await ask('POST /kiosk-enrolments', {
    body: { code: secret('code of a tablet', kiosk.enrolment.code) },
  })
  secret('key of a tablet', /opsflow\.kiosk=([\w-]{43})/.exec(tablet.cookie)?.[1])
  await ask('POST /kiosk-session', {
    body: { memberId: person, pin: secret('wrong PIN', pin === '749302' ? '749303' : '749302') },
    cookie: tablet.cookie,
  })
  await ask('POST /kiosk-session', { body: { memberId: person, pin }, cookie: tablet.cookie })

  const authenticator = (await ask('POST /account/authenticator', own)).body
  secret('secret of an authenticator', authenticator.secret)
  await ask('PUT /account/authenticator', { body: { code: '000000' }, ...own })
  const link = (
    await ask('POST /inspector-links', {
      body: { locationId: location, from: '2026-01-01', to: '2026-01-31', givenTo: 'Officer' },
      ...own,
    })
  ).body
  await ask('POST /inspections', { body: { secret: secret('inspector’s link', link.secret) } })
  await ask('POST /invitations', {
    body: { email: 'guest@example.com', grant: { role: 'org:member', locationId: location } },
    ...own,
  })
  await ask('POST /password-resets', { body: { email: EMAIL, language: 'en' } })
  await ask('POST /sign-ups', { body: { email: 'new@example.com', language: 'en' } })
  await vi.waitFor(() => expect(catcher.letters.length).toBeGreaterThanOrEqual(3), { timeout: 15_000 })
  const letters = catcher.letters.map((letter) => JSON.stringify(letter))
  for (const letter of letters) secret('link from a letter', tokenIn(letter))
  const reset = letters.find((letter) => letter.includes(EMAIL))
  await ask('POST /password-resets/password', {
    body: { token: tokenIn(reset ?? ''), password: secret('new password', 'another password entirely 9') },
  })

  // A line for each request: what was said has arrived when this one's has.
  await ask('GET /door')
  await vi.waitFor(() => expect(log.split('GET /door').length).toBeGreaterThan(1), { timeout: 15_000 })
  const inLog = found(log)
  const inAddresses = found(addresses.join('\n'))
  const inRefusals = found(refusals.join('\n'))
  const lines = log.split('\n').length
  proven('security', {
    title: 'Secrets that pass through',
    method:
      'A server in a process of its own, logging all it can, is taken through every way in: rightly, wrongly, and with secrets in the wrong place. Then its whole output, every address that was asked and every refusal are searched for each secret.',
    findings: [
      { what: 'secrets that passed through', seen: `${passed.size}` },
      { what: 'lines of the log', seen: `${lines}` },
      { what: 'found in the log', goal: '0', seen: `${inLog.length}`, met: inLog.length === 0 },
      {
        what: `found in ${addresses.length} addresses`,
        goal: '0',
        seen: `${inAddresses.length}`,
        met: inAddresses.length === 0,
      },
      {
        what: `found in ${refusals.length} refusals`,
        goal: '0',
        seen: `${inRefusals.length}`,
        met: inRefusals.length === 0,
      },
    ],
  })
  expect(inLog).toEqual([])
  expect(inAddresses).toEqual([])
  expect(inRefusals).toEqual([])
  // The search itself finds what is there.
  expect(found(`{"body":{"password":"${PASSWORD}"}}`)).toHaveLength(1)
  expect(lines).toBeGreaterThan(20)
}, 120_000)

/** Names of what is in a text, plain or as it stands in an address. */
const found = (text: string) =>
  [...passed]
    .filter(([, value]) => text.includes(value) || text.includes(encodeURIComponent(value)))
    .map(([name]) => name)
