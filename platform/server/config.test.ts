import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { configurationTable, readConfig } from './config.ts'
import { browserServices } from './push/services.ts'
import { newVapidKeys } from './push/vapid.ts'

const mistakesOf = (env: Record<string, string>) => {
  try {
    readConfig(env, '/project')
  } catch (error) {
    return (error as Error).message.split('\n  ').slice(1)
  }
  return []
}

test('nothing set means the embedded database, the demo and every role in one process', () => {
  expect(readConfig({}, '/project')).toEqual({
    host: '127.0.0.1',
    port: 4000,
    portIsFixed: false,
    publicUrl: undefined,
    trustedProxies: 0,
    dataDir: '/project/.data',
    demo: true,
    database: {
      url: undefined,
      appUrl: undefined,
      authUrl: undefined,
      relayUrl: undefined,
      sealerUrl: undefined,
      poolSize: 10,
      prepared: true,
      answerWithinMs: 60_000,
    },
    redisUrl: undefined,
    rateLimitPerMinute: 3000,
    roles: new Set(['api', 'realtime', 'ingest', 'worker']),
    logLevel: 'warn',
    metricsToken: undefined,
    mail: undefined,
    push: { keys: undefined, subject: undefined, services: { hosts: browserServices, origins: [] } },
    s3: undefined,
    fileQuotaBytes: 10_737_418_240,
    signUp: 'closed',
  })
})

test('every mistake is named at once, with what is allowed', () => {
  expect(mistakesOf({ PORT: '4k', OPSFLOW_DEMO: 'yes', OPSFLOW_ROLES: 'api,cook', LOG_LEVEL: 'loud' })).toEqual([
    'PORT must be a whole number from 1 to 65535, not "4k".',
    'OPSFLOW_DEMO must be on or off, not "yes".',
    'OPSFLOW_ROLES must be a list of api, realtime, ingest, worker, not "api,cook".',
    'LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent, not "loud".',
  ])
})

test.each(['0', '65536', '-1', '4000.5', '1e3', '0x10'])('%s is not a port', (port) => {
  expect(mistakesOf({ PORT: port })).toHaveLength(1)
})

test('a misspelt variable is not passed over', () => {
  expect(mistakesOf({ OPSFLOW_DATADIR: '/data' })).toEqual([
    'OPSFLOW_DATADIR is not a variable of OpsFlow. Did you mean OPSFLOW_DATA_DIR?',
  ])
})

test('a wrong secret is named but not shown', () => {
  expect(mistakesOf({ DATABASE_URL: 'mysql://root:hunter2@db/x', METRICS_TOKEN: 'hunter2' }).join()).not.toContain(
    'hunter2',
  )
})

test('the public address is an origin', () => {
  expect(readConfig({ OPSFLOW_PUBLIC_URL: 'https://ops.example.com/' }, '/').publicUrl).toBe('https://ops.example.com')
  for (const wrong of ['ops.example.com', 'https://ops.example.com/app', 'ftp://x', 'https://user@x']) {
    expect(mistakesOf({ OPSFLOW_PUBLIC_URL: wrong })).toHaveLength(1)
  }
})

const clerk = {
  CLERK_PUBLISHABLE_KEY: 'pk_test_Y2xlcmsuZXhhbXBsZS5jb20k',
  CLERK_SECRET_KEY: 'sk_test_1',
  CLERK_JWT_KEY: '-----BEGIN PUBLIC KEY-----\\nMIIB+/=\\n-----END PUBLIC KEY-----',
  CLERK_WEBHOOK_SIGNING_SECRET: 'whsec_1',
}

test('all of Clerk or none: what is missing is named, and a wrong key is not shown', () => {
  expect(readConfig({}, '/').clerk).toBeUndefined()
  expect(readConfig(clerk, '/').clerk).toMatchObject({
    jwtKey: '-----BEGIN PUBLIC KEY-----\nMIIB+/=\n-----END PUBLIC KEY-----',
    secretKey: 'sk_test_1',
  })
  for (const name of Object.keys(clerk)) {
    const [mistake, ...more] = mistakesOf({ ...clerk, [name]: '' })
    expect(mistake).toContain(`without ${name}: set all of Clerk's keys or none.`)
    expect(more).toEqual([])
  }
  expect(mistakesOf({ ...clerk, CLERK_JWT_KEY: 'hunter2', CLERK_SECRET_KEY: 'hunter2' }).join()).not.toContain(
    'hunter2',
  )
  expect(mistakesOf({ ...clerk, CLERK_API_VERSION: '1' })).toEqual(['CLERK_API_VERSION is not a variable of OpsFlow.'])
})

describe('mail', () => {
  const whole = { SMTP_HOST: 'mail.example.com', SMTP_FROM: 'OpsFlow <ops@example.com>' }

  test('is whole with a server and a sender', () => {
    expect(readConfig(whole, '/').mail).toEqual({
      host: 'mail.example.com',
      port: 587,
      security: 'starttls',
      user: undefined,
      password: undefined,
      from: 'OpsFlow <ops@example.com>',
    })
  })

  test.each([
    [{ SMTP_HOST: 'mail.example.com' }, 'SMTP_HOST needs SMTP_FROM, the sender of every letter.'],
    [{ SMTP_FROM: 'ops@example.com' }, 'SMTP_FROM needs SMTP_HOST, the mail server.'],
    [{ SMTP_PASSWORD: 'hunter2' }, 'SMTP_PASSWORD needs SMTP_HOST, the mail server.'],
    [{ ...whole, SMTP_USER: 'ops' }, 'SMTP_USER needs SMTP_PASSWORD.'],
    [{ ...whole, SMTP_PASSWORD: 'hunter2' }, 'SMTP_PASSWORD needs SMTP_USER.'],
    [{ ...whole, SMTP_PORT: '0' }, 'SMTP_PORT must be a whole number from 1 to 65535, not "0".'],
    [{ ...whole, SMTP_PASS: 'hunter2' }, 'SMTP_PASS is not a variable of OpsFlow. Did you mean SMTP_HOST?'],
    [
      { ...whole, SMTP_FROM: 'a@b.example\r\nBcc: x@y.example' },
      'SMTP_FROM must be an address such as OpsFlow <ops@example.com>, not "a@b.example\r\nBcc: x@y.example".',
    ],
    [{ OPSFLOW_SIGN_UP: 'open' }, 'OPSFLOW_SIGN_UP=open needs SMTP_HOST: who signs up proves an address by a letter.'],
  ])('%o is refused', (env, mistake) => expect(mistakesOf(env)).toEqual([mistake]))
})

test("a role's own way into the database needs the database", () => {
  expect(mistakesOf({ DATABASE_APP_URL: 'postgres://opsflow_app@db/ops' })).toEqual([
    'DATABASE_APP_URL needs DATABASE_URL, the same database entered as the role that owns it.',
  ])
})

test('an empty variable counts as not set', () => {
  expect(readConfig({ PORT: '', DATABASE_URL: ' ', CLERK_SECRET_KEY: '' }, '/').portIsFixed).toBe(false)
})

test('half a bucket is named by what is missing', () => {
  expect(mistakesOf({ S3_BUCKET: 'photos', S3_REGION: 'eu-central-1' })).toEqual([
    "S3_BUCKET and S3_REGION without S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY: set all of the bucket's variables or none.",
  ])
  expect(mistakesOf({ S3_BUKET: 'photos' })).toContain('S3_BUKET is not a variable of OpsFlow.')
  const bucket = { S3_BUCKET: 'photos', S3_REGION: 'r', S3_ACCESS_KEY_ID: 'key', S3_SECRET_ACCESS_KEY: 'secret' }
  expect(readConfig(bucket, '/project').s3).toMatchObject({ bucket: 'photos', endpoint: undefined })
})

test('push goes where it may, with a pair of keys that belong together', () => {
  const { publicKey, privateKey } = newVapidKeys()
  expect(readConfig({ OPSFLOW_PUSH_HOSTS: 'off' }, '/').push.services).toEqual({ hosts: [], origins: [] })
  const own = { OPSFLOW_PUSH_HOSTS: '*.push.apple.com, https://push.example.com', OPSFLOW_VAPID_PUBLIC_KEY: publicKey }
  expect(readConfig({ ...own, OPSFLOW_VAPID_PRIVATE_KEY: privateKey }, '/').push).toMatchObject({
    keys: { publicKey, privateKey },
    services: { hosts: ['*.push.apple.com'], origins: ['https://push.example.com'] },
  })
  expect(mistakesOf(own)).toEqual(['OPSFLOW_VAPID_PUBLIC_KEY needs OPSFLOW_VAPID_PRIVATE_KEY.'])
  expect(mistakesOf({ ...own, OPSFLOW_VAPID_PRIVATE_KEY: newVapidKeys().privateKey })).toEqual([
    'OPSFLOW_VAPID_PUBLIC_KEY and OPSFLOW_VAPID_PRIVATE_KEY do not belong together.',
  ])
  const [wrong = ''] = mistakesOf({ OPSFLOW_VAPID_PUBLIC_KEY: publicKey, OPSFLOW_VAPID_PRIVATE_KEY: 'hunter2' })
  expect(wrong).toMatch(/^OPSFLOW_VAPID_PRIVATE_KEY must be/)
  expect(wrong).not.toContain('hunter2')
  expect(mistakesOf({ OPSFLOW_PUSH_HOSTS: '10.0.0.1' })).toHaveLength(1)
  expect(mistakesOf({ OPSFLOW_PUSH_SUBJECT: 'ops@example.com' })).toHaveLength(1)
})

test("the README's table is the one that is validated by", () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  expect(readme).toContain(configurationTable())
})
