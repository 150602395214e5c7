import { notFound, refuse } from '@opsflow/platform/refusal'
import { type Call, implement } from '@opsflow/platform/server/http/implement'
import type { RateLimiter } from '@opsflow/platform/server/http/rate-limit'
import type { Log } from '@opsflow/platform/server/log'
import type { Mail } from '@opsflow/platform/server/mail'
import type { Database } from '@opsflow/platform/server/tenant'
import type pg from 'pg'
import { accountRoutes } from '../account-routes.ts'
import type { Shown } from './built-in.ts'
import type { Clerk } from './clerk/open.ts'
import { refuseElsewhere } from './elsewhere.ts'
import { foundFirst } from './first-run.ts'
import { languageOf, post } from './letters.ts'
import type { People } from './open.ts'
import { ownAccount, type Self } from './own-account.ts'
import { refusePasskey } from './passkeys.ts'
import { organizationsOf } from './session-view.ts'
import { demandOpenSignUp, mailSignUp, signUp } from './sign-up.ts'

export type AccountParts = Omit<People, 'digest'> & {
  /** As opsflow_auth. */
  pool: pg.Pool
  database: Database
  rateLimiter: Pick<RateLimiter, 'signIn' | 'signedIn' | 'letter' | 'link'>
  mail: Mail
  publicUrl: string
  signUp: 'open' | 'closed'
  log: Pick<Log, 'error' | 'info'>
  /** Clerk signs people in: accounts here have no ways in of their own. */
  clerk?: Clerk['door'] | undefined
}

type Http = Call<object>['http']

/** How one gets in, and what one does to one's own account, while accounts are kept here. */
export function accountApi(parts: AccountParts) {
  const { pool, identity, directory, authenticator, database, rateLimiter, mail, log } = parts
  const letters = post(parts.publicUrl, mail.send)
  const own = ownAccount({ identity, directory, database, authenticator, mail, post: letters })
  const signUpIsOpen = parts.signUp === 'open' && mail.isOn

  const enter = async (http: Http, signedIn: { userId: string; cookies: string[] }) => {
    authenticator.forget(http.headers)
    log.info({ user: signedIn.userId, address: http.ip }, 'signed in')
    http.setHeader('set-cookie', signedIn.cookies)
    return { organizations: organizationsOf(await directory.memberships([signedIn.userId])) }
  }

  const signIn = async (http: Http, email: string, password: string, second: Omit<Shown, 'password'> = {}) => {
    await rateLimiter.signIn(http, http.ip, email)
    const signedIn = await identity.signIn(email, password, clientOf(http), second)
    if (!signedIn) {
      refuse('unauthenticated', 'people.sign_in_failed', { detail: 'This email and password do not belong together.' })
    }
    await rateLimiter.signedIn(http.ip, email)
    if (second.recoveryCode !== undefined) await own.noteRecovery(signedIn.userId, languageOf(http.headers))
    return enter(http, signedIn)
  }

  const selfOf = async ({ headers }: Http, language = languageOf(headers)): Promise<Self> => ({
    ...((await identity.sessionOf(headers)) ??
      refuse('unauthenticated', 'unauthenticated', { detail: 'Sign in first.' })),
    language,
  })

  /** Beside the answer, so that the time it takes tells nobody whether there was anything to do. */
  const beside = (work: Promise<unknown>) =>
    void work.catch((err: unknown) => log.error({ err }, 'something beside an answer failed'))

  const ways = implement(accountRoutes, {
    'GET /door': () => ({
      signUp: signUpIsOpen,
      mail: mail.isOn,
      passkeys: identity.passkeys.isAvailable,
      clerk: null,
    }),

    'POST /session': ({ body: { email, password, ...second }, http }) => signIn(http, email, password, second),
    'POST /session/passkey-challenges': () => identity.passkeys.challenge(null),
    'POST /session/passkey': async ({ body, http }) => {
      const signedIn = await identity.signInWithPasskey(body, clientOf(http))
      return enter(http, signedIn ?? refusePasskey())
    },
    'POST /session/confirmation': async ({ body, http }) => {
      const self = await selfOf(http)
      await rateLimiter.signIn(http, http.ip, self.userId)
      await own.confirm(self, body)
      await rateLimiter.signedIn(http.ip, self.userId)
    },
    'POST /session/passkey-confirmation': async ({ body, http }) => own.confirmByPasskey(await selfOf(http), body),

    'GET /first-run': async () => ({ open: await directory.isEmpty() }),
    'POST /first-run': async ({ body, http }) => {
      await foundFirst({ pool, identity, database }, body)
      return signIn(http, body.email, body.password)
    },

    'POST /sign-ups': async ({ body: { email, language }, http }) => {
      demandOpenSignUp(signUpIsOpen)
      await rateLimiter.letter(http, http.ip, email)
      beside(mailSignUp({ identity, directory, post: letters }, email, language))
    },
    'POST /sign-ups/link': async ({ body, http }) => {
      await rateLimiter.link(http, http.ip)
      const { email } = await identity.links.read(body.token, 'sign_up')
      return { email }
    },
    'POST /sign-ups/founding': async ({ body: { token, ...founding }, http }) => {
      demandOpenSignUp(signUpIsOpen)
      await rateLimiter.link(http, http.ip)
      const { userId } = await signUp({ identity, directory, database }, token, founding)
      return enter(http, await identity.signInByLink(userId, clientOf(http)))
    },

    'POST /password-resets': async ({ body: { email, language }, http }) => {
      demandMail(mail)
      await rateLimiter.letter(http, http.ip, email)
      beside(own.mailReset(email, language))
    },
    'POST /password-resets/password': async ({ body: { token, password }, http }) => {
      await rateLimiter.link(http, http.ip)
      await own.resetPassword(token, password, languageOf(http.headers))
    },
    'POST /email-confirmations': async ({ body: { token }, http }) => {
      await rateLimiter.link(http, http.ip)
      return own.confirmEmail(token, languageOf(http.headers))
    },

    'GET /account': async ({ http }) => own.view((await selfOf(http)).userId),
    'PUT /account/password': async ({ body, http }) => {
      const self = await selfOf(http)
      await rateLimiter.signIn(http, http.ip, self.userId)
      await own.changePassword(self, body.currentPassword, body.password)
      await rateLimiter.signedIn(http.ip, self.userId)
    },
    'POST /account/email-links': async ({ body: { email, language }, http }) => {
      demandMail(mail)
      const self = await selfOf(http, language)
      await rateLimiter.letter(http, http.ip, email ?? self.userId)
      await own.mailEmailLink(self, email)
    },
    'POST /account/authenticator': async ({ http }) => own.beginAuthenticator(await selfOf(http)),
    'PUT /account/authenticator': async ({ body, http }) => ({
      recoveryCodes: await own.confirmAuthenticator(await selfOf(http), body.code),
    }),
    'DELETE /account/authenticator': async ({ http }) => own.removeAuthenticator(await selfOf(http)),
    'POST /account/recovery-codes': async ({ http }) => ({
      recoveryCodes: await own.renewRecoveryCodes(await selfOf(http)),
    }),
    'POST /account/passkey-challenges': async ({ body, http }) =>
      own.passkeyChallenge(await selfOf(http), body.purpose),
    'POST /account/passkeys': async ({ body: { name, ...answer }, http }) =>
      own.addPasskey(await selfOf(http), name, answer),
    'DELETE /account/passkeys/{id}': async ({ params: { id }, http }) => {
      if (!(await own.removePasskey(await selfOf(http), id))) notFound()
    },
    'GET /account/sessions': async ({ http }) => ({ items: await own.sessions(await selfOf(http)) }),
    'DELETE /account/sessions/{id}': async ({ params: { id }, http }) => {
      if (!(await own.endSession(await selfOf(http), id))) notFound()
    },
    'DELETE /account/sessions': async ({ http }) => void (await own.endOtherSessions(await selfOf(http))),
  })
  const { clerk } = parts
  if (!clerk) return ways
  const door = async () => ({ signUp: false, mail: mail.isOn, passkeys: false, clerk })
  return ways.map((way) => ({ ...way, handle: way.key === 'GET /door' ? door : refuseElsewhere }))
}

const clientOf = (http: Http) => ({ headers: http.headers, address: http.ip })

function demandMail(mail: Mail) {
  if (mail.isOn) return
  refuse('conflict', 'people.mail_off', {
    detail: 'Mail is off on this OpsFlow, so no link can be sent. Whoever runs it can set SMTP_HOST.',
  })
}
