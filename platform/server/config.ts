import { resolve } from 'node:path'
import { z } from 'zod'
import { CannotStart } from './cannot-start.ts'
import { browserServices, type PushServices, readServices } from './push/services.ts'
import { isPair, type VapidKeys, VapidPrivateKey, VapidPublicKey } from './push/vapid.ts'

export const PROCESS_ROLES = ['api', 'realtime', 'ingest', 'worker'] as const
export type ProcessRole = (typeof PROCESS_ROLES)[number]

/** Everything the product can be told, read once at the start. Nothing else reads the environment. */
export type Config = {
  host: string
  port: number
  /** A port that was asked for is never replaced by a free one. */
  portIsFixed: boolean
  /** Under which people reach the product, when that is not http://host:port (a proxy in front, a domain). */
  publicUrl: string | undefined
  /** Proxies in front whose X-Forwarded-For is believed. */
  trustedProxies: number
  dataDir: string
  demo: boolean
  database: {
    /** Own server; without it the embedded one. */
    url: string | undefined
    appUrl: string | undefined
    authUrl: string | undefined
    relayUrl: string | undefined
    sealerUrl: string | undefined
    poolSize: number
    prepared: boolean
    /** A statement on which nothing comes back for so long is given up. */
    answerWithinMs: number
  }
  redisUrl: string | undefined
  roles: ReadonlySet<ProcessRole>
  logLevel: string
  metricsToken: string | undefined
  /** Requests of one account, key or device. */
  rateLimitPerMinute: number
  /** Undefined: people sign in with accounts of this product. */
  clerk: ClerkConfig | undefined
  /** Undefined: no letter leaves the product. */
  mail: MailConfig | undefined
  push: PushConfig
  /** Undefined: files lie in the data folder. */
  s3: S3Config | undefined
  /** Signs the heads of evidence logs. Undefined: the one that was made at the first start. */
  ledgerKey: Buffer | undefined
  /** Room for the files of one tenant. */
  fileQuotaBytes: number
  /** May anyone found an organization here, or only the first visitor? */
  signUp: 'open' | 'closed'
}

export type ClerkConfig = {
  publishableKey: string
  secretKey: string
  /** PEM of the instance's public key: tokens are verified without asking Clerk. */
  jwtKey: string
  webhookSigningSecret: string
  apiUrl: string | undefined
}

export type PushConfig = {
  /** Undefined: the pair that was made at the first start. */
  keys: VapidKeys | undefined
  /** Whom the operators of push services may write to. */
  subject: string | undefined
  /** None: no message leaves the product. */
  services: PushServices
}

export type S3Config = {
  /** Undefined: Amazon's, of the region. */
  endpoint: string | undefined
  region: string
  bucket: string
  accessKeyId: string
  secretAccessKey: string
}

export type MailConfig = {
  host: string
  port: number
  /** `starttls` insists on it: a server that cannot encrypt gets no letter. */
  security: (typeof MAIL_SECURITY)[number]
  user: string | undefined
  password: string | undefined
  /** What stands in From: an address, with or without a name. */
  from: string
}

type Variable<S extends z.ZodType = z.ZodType> = {
  schema: S
  default: string | undefined
  /** For the README's table. */
  meaning: string
  /** What is allowed, as the end of the sentence "PORT must be …". */
  allowed: string
  secret: boolean
}

const ON_OFF = z.enum(['on', 'off']).transform((word) => word === 'on')
const MAIL_SECURITY = ['starttls', 'tls', 'none'] as const
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
const POSTGRES_URL = 'a URL such as postgres://user:password@host:5432/database'

/** Every variable: what validates it, and what the README says about it. */
const VARIABLES = {
  PORT: variable(wholeNumber(1, 65_535), 'a whole number from 1 to 65535', {
    default: '4000',
    meaning: 'Port of the product. When 4000 is taken and PORT is not set, the next free one.',
  }),
  HOST: variable(z.string().regex(/^[\w.:-]+$/), 'an address or host name of this machine', {
    default: '127.0.0.1',
    meaning:
      'Address to listen on. `0.0.0.0` opens it to the network; then `OPSFLOW_PUBLIC_URL` says how people reach it.',
  }),
  OPSFLOW_PUBLIC_URL: variable(origin(), 'an origin such as https://ops.example.com, without a path', {
    meaning: 'Where people reach the product, when a proxy or a domain lies in front of it.',
  }),
  OPSFLOW_TRUSTED_PROXIES: variable(wholeNumber(0, 9), 'a whole number from 0 to 9', {
    default: '0',
    meaning: 'How many proxies stand in front; only their `X-Forwarded-For` is believed.',
  }),
  OPSFLOW_DATA_DIR: variable(z.string(), 'a folder', {
    default: '.data',
    meaning: 'Folder of the embedded database, the secrets, and photos and files.',
  }),
  OPSFLOW_DEMO: variable(ON_OFF, 'on or off', {
    default: 'on',
    meaning: '`off` starts empty, with a first-run page that makes the first administrator.',
  }),
  OPSFLOW_ROLES: variable(listOf(PROCESS_ROLES), `a list of ${PROCESS_ROLES.join(', ')}`, {
    default: PROCESS_ROLES.join(','),
    meaning: 'What this process does; several processes can share the work.',
  }),
  DATABASE_URL: variable(url('postgres:', 'postgresql:'), POSTGRES_URL, {
    meaning: 'Your own PostgreSQL 18, entered as a role that may make roles, or as `opsflow_owner`. Default: embedded.',
    secret: true,
  }),
  DATABASE_APP_URL: variable(url('postgres:', 'postgresql:'), POSTGRES_URL, {
    meaning: 'Role `opsflow_app`, when it has a password or a way of its own (PgBouncer).',
    secret: true,
  }),
  DATABASE_AUTH_URL: variable(url('postgres:', 'postgresql:'), POSTGRES_URL, {
    meaning: 'The same for role `opsflow_auth`.',
    secret: true,
  }),
  DATABASE_RELAY_URL: variable(url('postgres:', 'postgresql:'), POSTGRES_URL, {
    meaning: 'The same for role `opsflow_relay`.',
    secret: true,
  }),
  DATABASE_SEALER_URL: variable(url('postgres:', 'postgresql:'), POSTGRES_URL, {
    meaning: 'The same for role `opsflow_sealer`.',
    secret: true,
  }),
  DATABASE_POOL: variable(wholeNumber(1, 500), 'a whole number from 1 to 500', {
    default: '10',
    meaning: 'Connections of this process for the work of tenants.',
  }),
  DATABASE_ANSWER_SECONDS: variable(wholeNumber(1, 3600), 'a whole number from 1 to 3600', {
    default: '60',
    meaning:
      'A statement on which the database says nothing for so long is given up with its connection, and answered 503.',
  }),
  DATABASE_PREPARED: variable(ON_OFF, 'on or off', {
    default: 'on',
    meaning: '`off` behind a PgBouncer older than 1.21, which does not know prepared statements.',
  }),
  REDIS_URL: variable(url('redis:', 'rediss:'), 'a URL such as redis://host:6379', {
    meaning: 'Lets several server processes share live updates. One process needs none.',
    secret: true,
  }),
  LOG_LEVEL: variable(z.enum(LOG_LEVELS), `one of ${LOG_LEVELS.join(', ')}`, {
    default: 'warn',
    meaning: 'The least grave messages that are logged. `info` logs every request.',
  }),
  OPSFLOW_RATE_LIMIT: variable(wholeNumber(10, 10_000_000), 'a whole number from 10 to 10000000', {
    default: '3000',
    meaning: 'Requests a minute of one account, key or device. A tenant has twenty times as many.',
  }),
  CLERK_PUBLISHABLE_KEY: variable(z.string().regex(/^pk_(test|live)_\S+$/), 'a key that begins with pk_', {
    meaning: 'With this and the next three set, people sign in with Clerk instead of accounts of this product.',
  }),
  CLERK_SECRET_KEY: variable(z.string().regex(/^sk_(test|live)_\S+$/), 'a key that begins with sk_', {
    meaning: 'Opens Clerk’s API, for `npm run clerk`.',
    secret: true,
  }),
  CLERK_JWT_KEY: variable(publicKey(), 'the PEM public key of your Clerk instance (API keys → JWT public key)', {
    meaning: 'Verifies sessions without asking Clerk. A line break may be written as `\\n`.',
    secret: true,
  }),
  CLERK_WEBHOOK_SIGNING_SECRET: variable(z.string().regex(/^whsec_\S+$/), 'a secret that begins with whsec_', {
    meaning: 'Of the webhook endpoint `/api/clerk/webhooks`.',
    secret: true,
  }),
  CLERK_API_URL: variable(origin(), 'an origin such as https://api.clerk.com', {
    meaning: 'Clerk’s API, when it is not `https://api.clerk.com`.',
  }),
  OPSFLOW_SIGN_UP: variable(z.enum(['open', 'closed']), 'open or closed', {
    default: 'closed',
    meaning:
      '`open` lets anyone found an organization of their own, by a link mailed to them (needs `SMTP_HOST`). `closed`: the first visitor founds one, everyone else is invited.',
  }),
  SMTP_HOST: variable(z.string().regex(/^[\w.:-]+$/), 'the name or address of a mail server', {
    meaning:
      'Mail server for invitations, password resets and notices. Without it mail is off: the product says so, and shows an invitation’s link to whoever invites.',
  }),
  SMTP_PORT: variable(wholeNumber(1, 65_535), 'a whole number from 1 to 65535', {
    default: '587',
    meaning: 'Port of the mail server.',
  }),
  SMTP_SECURITY: variable(z.enum(MAIL_SECURITY), `one of ${MAIL_SECURITY.join(', ')}`, {
    default: 'starttls',
    meaning:
      '`starttls` begins in the clear and insists on encryption, `tls` encrypts from the first byte (port 465), `none` is for a server on this machine.',
  }),
  SMTP_FROM: variable(mailAddress(), 'an address such as OpsFlow <ops@example.com>', {
    meaning: 'Sender of every letter.',
  }),
  SMTP_USER: variable(z.string(), 'a name', { meaning: 'Account at the mail server, with `SMTP_PASSWORD`.' }),
  SMTP_PASSWORD: variable(z.string(), 'a password', {
    meaning: 'Password at the mail server.',
    secret: true,
  }),
  OPSFLOW_PUSH_HOSTS: variable(pushServices(), 'off, or a list of hosts such as *.push.apple.com', {
    default: browserServices.join(','),
    meaning:
      'Push services that messages to devices may go to, by https; `*.` stands for every name below. A service of your own is named by its origin. `off`: no push.',
  }),
  OPSFLOW_PUSH_SUBJECT: variable(pushSubject(), 'an address such as mailto:ops@example.com, or an https address', {
    meaning:
      'Whom operators of push services may write to about your messages. Default: `OPSFLOW_PUBLIC_URL`; Apple wants one.',
  }),
  OPSFLOW_LEDGER_KEY: variable(ledgerKey(), '32 bytes in base64', {
    meaning:
      'Signs the heads of evidence logs: the seed of an Ed25519 key. Default: made at the first start. Change it by `npm run ledger:rotate` only.',
    secret: true,
  }),
  OPSFLOW_VAPID_PUBLIC_KEY: variable(VapidPublicKey, 'a P-256 point, 87 characters of base64url', {
    meaning: 'Your own key pair for push services, with the next one. Default: made at the first start.',
  }),
  OPSFLOW_VAPID_PRIVATE_KEY: variable(VapidPrivateKey, 'the private half, 43 characters of base64url', {
    meaning: 'Its private half.',
    secret: true,
  }),
  OPSFLOW_FILE_QUOTA_MB: variable(wholeNumber(1, 100_000_000), 'a whole number from 1 to 100000000', {
    default: '10240',
    meaning: 'Room for the photos and files of one tenant, in megabytes.',
  }),
  S3_BUCKET: variable(z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/), 'the name of a bucket', {
    meaning: 'Bucket for photos and files, with the next three. Without it they lie in `files/` of the data folder.',
  }),
  S3_REGION: variable(z.string().regex(/^[\w-]+$/), 'a region such as eu-central-1', {
    meaning: 'Region of the bucket; `us-east-1` where the service knows none.',
  }),
  S3_ACCESS_KEY_ID: variable(z.string().min(3), 'a key id', {
    meaning: 'May read, write, list and delete objects of the bucket.',
    secret: true,
  }),
  S3_SECRET_ACCESS_KEY: variable(z.string().min(3), 'a secret key', {
    meaning: 'Its secret.',
    secret: true,
  }),
  S3_ENDPOINT: variable(origin(), 'an origin such as https://s3.example.com', {
    meaning: 'Address of the service, when it is not Amazon’s.',
  }),
  METRICS_TOKEN: variable(z.string().min(16), 'at least 16 characters long', {
    meaning: 'Bearer token for `/metrics`. Without it only this machine may read them.',
    secret: true,
  }),
}

/** Reads and judges everything at once: all mistakes are named together, none of them by a stack. */
export function readConfig(env: Record<string, string | undefined>, root: string): Config {
  const mistakes = [
    ...unknownVariables(env),
    ...clerkMistakes(env),
    ...missingPartners(env),
    ...mailMistakes(env),
    ...s3Mistakes(env),
    ...vapidMistakes(env),
  ]
  const read = <S extends z.ZodType>(name: keyof typeof VARIABLES, { schema, ...about }: Variable<S>): z.output<S> => {
    const text = given(env, name) ?? about.default
    if (text === undefined) return undefined as z.output<S>
    const result = schema.safeParse(text)
    if (!result.success) mistakes.push(`${name} must be ${about.allowed}${about.secret ? '' : `, not "${text}"`}.`)
    return result.data as z.output<S>
  }
  const v = VARIABLES
  const config: Config = {
    host: read('HOST', v.HOST),
    port: read('PORT', v.PORT),
    portIsFixed: given(env, 'PORT') !== undefined,
    publicUrl: read('OPSFLOW_PUBLIC_URL', v.OPSFLOW_PUBLIC_URL),
    trustedProxies: read('OPSFLOW_TRUSTED_PROXIES', v.OPSFLOW_TRUSTED_PROXIES),
    dataDir: resolve(root, read('OPSFLOW_DATA_DIR', v.OPSFLOW_DATA_DIR)),
    demo: read('OPSFLOW_DEMO', v.OPSFLOW_DEMO),
    database: {
      url: read('DATABASE_URL', v.DATABASE_URL),
      appUrl: read('DATABASE_APP_URL', v.DATABASE_APP_URL),
      authUrl: read('DATABASE_AUTH_URL', v.DATABASE_AUTH_URL),
      relayUrl: read('DATABASE_RELAY_URL', v.DATABASE_RELAY_URL),
      sealerUrl: read('DATABASE_SEALER_URL', v.DATABASE_SEALER_URL),
      poolSize: read('DATABASE_POOL', v.DATABASE_POOL),
      prepared: read('DATABASE_PREPARED', v.DATABASE_PREPARED),
      answerWithinMs: read('DATABASE_ANSWER_SECONDS', v.DATABASE_ANSWER_SECONDS) * 1000,
    },
    redisUrl: read('REDIS_URL', v.REDIS_URL),
    roles: new Set(read('OPSFLOW_ROLES', v.OPSFLOW_ROLES)),
    logLevel: read('LOG_LEVEL', v.LOG_LEVEL),
    metricsToken: read('METRICS_TOKEN', v.METRICS_TOKEN),
    rateLimitPerMinute: read('OPSFLOW_RATE_LIMIT', v.OPSFLOW_RATE_LIMIT),
    clerk: undefined,
    signUp: read('OPSFLOW_SIGN_UP', v.OPSFLOW_SIGN_UP),
    mail: undefined,
    push: {
      keys: undefined,
      subject: read('OPSFLOW_PUSH_SUBJECT', v.OPSFLOW_PUSH_SUBJECT),
      services: read('OPSFLOW_PUSH_HOSTS', v.OPSFLOW_PUSH_HOSTS),
    },
    s3: undefined,
    ledgerKey: read('OPSFLOW_LEDGER_KEY', v.OPSFLOW_LEDGER_KEY),
    fileQuotaBytes: read('OPSFLOW_FILE_QUOTA_MB', v.OPSFLOW_FILE_QUOTA_MB) * 1024 * 1024,
  }
  const clerk = {
    publishableKey: read('CLERK_PUBLISHABLE_KEY', v.CLERK_PUBLISHABLE_KEY),
    secretKey: read('CLERK_SECRET_KEY', v.CLERK_SECRET_KEY),
    jwtKey: read('CLERK_JWT_KEY', v.CLERK_JWT_KEY),
    webhookSigningSecret: read('CLERK_WEBHOOK_SIGNING_SECRET', v.CLERK_WEBHOOK_SIGNING_SECRET),
    apiUrl: read('CLERK_API_URL', v.CLERK_API_URL),
  }
  if (clerk.publishableKey !== undefined) config.clerk = clerk
  const mail = {
    host: read('SMTP_HOST', v.SMTP_HOST),
    port: read('SMTP_PORT', v.SMTP_PORT),
    security: read('SMTP_SECURITY', v.SMTP_SECURITY),
    user: read('SMTP_USER', v.SMTP_USER),
    password: read('SMTP_PASSWORD', v.SMTP_PASSWORD),
    from: read('SMTP_FROM', v.SMTP_FROM),
  }
  if (mail.host !== undefined) config.mail = mail
  const vapid = {
    publicKey: read('OPSFLOW_VAPID_PUBLIC_KEY', v.OPSFLOW_VAPID_PUBLIC_KEY),
    privateKey: read('OPSFLOW_VAPID_PRIVATE_KEY', v.OPSFLOW_VAPID_PRIVATE_KEY),
  }
  if (vapid.publicKey !== undefined) config.push.keys = vapid
  const s3 = {
    endpoint: read('S3_ENDPOINT', v.S3_ENDPOINT),
    region: read('S3_REGION', v.S3_REGION),
    bucket: read('S3_BUCKET', v.S3_BUCKET),
    accessKeyId: read('S3_ACCESS_KEY_ID', v.S3_ACCESS_KEY_ID),
    secretAccessKey: read('S3_SECRET_ACCESS_KEY', v.S3_SECRET_ACCESS_KEY),
  }
  if (s3.bucket !== undefined) config.s3 = s3
  if (mistakes.length > 0) throw new CannotStart(['The configuration cannot be used:', ...mistakes].join('\n  '))
  return config
}

/** The README's table. */
export function configurationTable(): string {
  const rows = Object.entries(VARIABLES).map(
    ([name, about]) => `| \`${name}\` | ${about.default ? `\`${about.default}\`` : ''} | ${about.meaning} |`,
  )
  return ['| Variable | Default | Meaning |', '| --- | --- | --- |', ...rows].join('\n')
}

/** Set but empty means not set: that is how compose files and shells leave a variable out. */
const given = (env: Record<string, string | undefined>, name: string) => env[name]?.trim() || undefined

function unknownVariables(env: Record<string, string | undefined>): string[] {
  return Object.keys(env)
    .filter((name) => /^(OPSFLOW|SMTP)_/.test(name) && !(name in VARIABLES))
    .map((name) => {
      const [nearest] = Object.keys(VARIABLES).sort((a, b) => distance(a, name) - distance(b, name))
      const hint = nearest && distance(nearest, name) <= 4 ? ` Did you mean ${nearest}?` : ''
      return `${name} is not a variable of OpsFlow.${hint}`
    })
}

/** Half of Clerk's keys would let people in whom nobody can put out again. */
function clerkMistakes(env: Record<string, string | undefined>): string[] {
  const needed = ['CLERK_PUBLISHABLE_KEY', 'CLERK_SECRET_KEY', 'CLERK_JWT_KEY', 'CLERK_WEBHOOK_SIGNING_SECRET']
  const set = Object.keys(env).filter((name) => name.startsWith('CLERK_') && given(env, name))
  const unknown = set.filter((name) => !(name in VARIABLES)).map((name) => `${name} is not a variable of OpsFlow.`)
  const missing = needed.filter((name) => !given(env, name))
  if (set.length === 0 || missing.length === 0) return unknown
  return [...unknown, `${set.join(' and ')} without ${missing.join(' and ')}: set all of Clerk's keys or none.`]
}

/** Half a bucket would keep photos on a disk that nobody backs up. */
function s3Mistakes(env: Record<string, string | undefined>): string[] {
  const needed = ['S3_BUCKET', 'S3_REGION', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY']
  const set = Object.keys(env).filter((name) => name.startsWith('S3_') && given(env, name))
  const unknown = set.filter((name) => !(name in VARIABLES)).map((name) => `${name} is not a variable of OpsFlow.`)
  const missing = needed.filter((name) => !given(env, name))
  if (set.length === 0 || missing.length === 0) return unknown
  return [
    ...unknown,
    `${set.join(' and ')} without ${missing.join(' and ')}: set all of the bucket's variables or none.`,
  ]
}

/** A pair that does not belong together would be refused by every service, message after message. */
function vapidMistakes(env: Record<string, string | undefined>): string[] {
  const names = ['OPSFLOW_VAPID_PUBLIC_KEY', 'OPSFLOW_VAPID_PRIVATE_KEY'] as const
  const [publicKey, privateKey] = names.map((name) => given(env, name))
  if (!publicKey && !privateKey) return []
  if (!publicKey || !privateKey) return [`${names[publicKey ? 0 : 1]} needs ${names[publicKey ? 1 : 0]}.`]
  const areKeys = VapidPublicKey.safeParse(publicKey).success && VapidPrivateKey.safeParse(privateKey).success
  return areKeys && !isPair({ publicKey, privateKey }) ? [`${names[0]} and ${names[1]} do not belong together.`] : []
}

function missingPartners(env: Record<string, string | undefined>): string[] {
  if (given(env, 'DATABASE_URL')) return []
  return ['DATABASE_APP_URL', 'DATABASE_AUTH_URL', 'DATABASE_RELAY_URL', 'DATABASE_SEALER_URL']
    .filter((name) => given(env, name))
    .map((name) => `${name} needs DATABASE_URL, the same database entered as the role that owns it.`)
}

/** Half a mail server would lose letters in silence. */
function mailMistakes(env: Record<string, string | undefined>): string[] {
  const isSet = (name: string) => given(env, name) !== undefined
  const names = ['SMTP_PORT', 'SMTP_SECURITY', 'SMTP_FROM', 'SMTP_USER', 'SMTP_PASSWORD']
  if (!isSet('SMTP_HOST')) {
    return [
      ...names.filter(isSet).map((name) => `${name} needs SMTP_HOST, the mail server.`),
      ...(given(env, 'OPSFLOW_SIGN_UP') === 'open' && !isSet('CLERK_SECRET_KEY')
        ? ['OPSFLOW_SIGN_UP=open needs SMTP_HOST: who signs up proves an address by a letter.']
        : []),
    ]
  }
  return [
    ...(isSet('SMTP_FROM') ? [] : ['SMTP_HOST needs SMTP_FROM, the sender of every letter.']),
    ...(isSet('SMTP_USER') && !isSet('SMTP_PASSWORD') ? ['SMTP_USER needs SMTP_PASSWORD.'] : []),
    ...(isSet('SMTP_PASSWORD') && !isSet('SMTP_USER') ? ['SMTP_PASSWORD needs SMTP_USER.'] : []),
  ]
}

function variable<S extends z.ZodType>(
  schema: S,
  allowed: string,
  about: { default?: string; meaning: string; secret?: boolean },
): Variable<S> {
  return { schema, allowed, default: about.default, meaning: about.meaning, secret: about.secret ?? false }
}

function wholeNumber(least: number, most: number) {
  return z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .refine((number) => number >= least && number <= most)
}

function url(...protocols: string[]) {
  return z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol))
}

function origin() {
  return url('http:', 'https:')
    .refine((text) => !URL.canParse(text) || new URL(text).href === `${new URL(text).origin}/`)
    .transform((text) => new URL(text).origin)
}

function ledgerKey() {
  return z
    .base64()
    .transform((text) => Buffer.from(text, 'base64'))
    .refine((seed) => seed.length === 32)
}

function publicKey() {
  return z
    .string()
    .transform((text) => text.replaceAll('\\n', '\n'))
    .refine((pem) => /^-----BEGIN PUBLIC KEY-----\s[\w+/=\s]+-----END PUBLIC KEY-----\s*$/.test(pem))
}

/** `ops@example.com` or `OpsFlow <ops@example.com>`, on one line. */
function mailAddress() {
  return z.string().refine((text) => {
    const [, named] = /^[^<>\r\n]*<([^<>\s]+)>$/.exec(text) ?? []
    return z.email().safeParse(named ?? text).success
  })
}

function pushServices() {
  return z.string().transform((text, context) => {
    const entries = text.split(',').map((entry) => entry.trim())
    const services = readServices(text === 'off' ? [] : entries)
    if (services) return services
    context.addIssue({ code: 'custom', message: 'not a list of hosts' })
    return z.NEVER
  })
}

function pushSubject() {
  return z.string().refine((text) => {
    const [, address] = /^mailto:(.+)$/.exec(text) ?? []
    return address ? z.email().safeParse(address).success : URL.canParse(text) && new URL(text).protocol === 'https:'
  })
}

function listOf<const T extends readonly [string, ...string[]]>(words: T) {
  return z
    .string()
    .transform((text) => text.split(',').map((word) => word.trim()))
    .pipe(z.array(z.enum(words)).min(1))
}

/** Edits between two names (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (let j = 0; j < b.length; j++) {
      next.push(Math.min((row[j] ?? 0) + (letter === b[j] ? 0 : 1), (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
