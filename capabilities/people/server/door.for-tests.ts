import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Implementation } from '@opsflow/platform/server/http/implement'
import { rateLimiter, rateLimitsOf } from '@opsflow/platform/server/http/rate-limit'
import { httpServer } from '@opsflow/platform/server/http/server'
import { openLog } from '@opsflow/platform/server/log'
import type { Letter, Mail } from '@opsflow/platform/server/mail'
import { openMetrics } from '@opsflow/platform/server/metrics'
import { expect } from 'vitest'
import { accountApi } from './account-handlers.ts'
import { authConvention } from './auth-convention.ts'
import { type PeopleUnderTest, peopleUnderTest } from './for-tests.ts'
import { peopleApi } from './handlers.ts'
import { invitationApi } from './invitation-handlers.ts'

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into by tests
export type Answered = { status: number; body: any; text: string; headers: Headers }
export type Browser = {
  cookie: string
  ask: (route: string, body?: unknown, headers?: Record<string, string>) => Promise<Answered>
}

const ORIGIN = 'https://ops.example.com'

/** The product's door over HTTP, with everything it logs and every letter it sends. */
export async function doorUnderTest({
  mail: mailIsOn = true,
  lettersPerHour = 1000,
  more = () => [],
}: {
  mail?: boolean
  lettersPerHour?: number
  /** Routes beside those of the door. */
  more?: (people: PeopleUnderTest) => Implementation[]
} = {}) {
  const logged: string[] = []
  const letters: Letter[] = []
  const people: PeopleUnderTest = await peopleUnderTest(ORIGIN)
  const log = openLog('debug', { write: (line) => void logged.push(line) })
  const limits = rateLimiter(
    { ...rateLimitsOf(100_000), signInsPer15Minutes: 50, lettersPerHour, linksPer15Minutes: 50 },
    undefined,
  )
  const mail: Mail = {
    isOn: mailIsOn,
    send: async (letter) => (mailIsOn ? letters.push(letter) > 0 : false),
    close: () => undefined,
  }
  const parts = { ...people, rateLimiter: limits, mail, publicUrl: ORIGIN, log }
  const publicOrigin = () => ORIGIN
  const server: Server = httpServer({
    implementations: [
      ...peopleApi(people),
      ...accountApi({ ...parts, signUp: 'open' }),
      ...invitationApi(parts),
      ...more(people),
    ],
    mounts: { '/auth': authConvention({ ...people, rateLimiter: limits, publicOrigin }) },
    database: people.database,
    authenticator: people.authenticator,
    rateLimiter: limits,
    log,
    metrics: openMetrics(),
    version: '0',
    webFolder: undefined,
    metricsToken: undefined,
    trustedProxies: 1,
    isDraining: () => false,
    strictAnswers: true,
    secureTransport: false,
    publicOrigin,
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`

  /** A browser at our own pages, with a cookie jar. */
  const browser = (cookie = ''): Browser => {
    const self: Browser = {
      cookie,
      async ask(route, body, headers = {}) {
        const [method = 'GET', path = ''] = route.split(' ')
        const response = await fetch(base + (path.startsWith('/auth') ? path : `/v1${path}`), {
          method,
          headers: {
            origin: ORIGIN,
            ...(self.cookie ? { cookie: self.cookie } : {}),
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            ...headers,
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        })
        for (const line of response.headers.getSetCookie()) {
          const [pair = ''] = line.split(';')
          self.cookie = line.includes('Max-Age=0') ? '' : pair
        }
        const text = await response.text()
        return { status: response.status, text, body: text ? JSON.parse(text) : null, headers: response.headers }
      },
    }
    return self
  }

  /** The token of the newest letter to someone; letters leave beside the answer. */
  const tokenFor = async (to: string): Promise<string> => {
    const token = () => tokenIn(letterTo(to))
    await expect.poll(token).not.toBe('')
    return token()
  }
  const letterTo = (to: string) => letters.findLast((letter) => letter.to === to)

  return {
    people,
    logged,
    letters,
    letterTo,
    tokenFor,
    browser,
    async close() {
      server.closeAllConnections()
      server.close()
      await people.close()
    },
  }
}

const tokenIn = (letter: Letter | undefined): string => /#([\w-]{43})/.exec(letter?.text ?? '')?.[1] ?? ''
