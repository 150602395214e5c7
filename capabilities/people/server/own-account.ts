import { refuse } from '@opsflow/platform/refusal'
import { recordEvent } from '@opsflow/platform/server/events'
import type { Mail } from '@opsflow/platform/server/mail'
import type { Database } from '@opsflow/platform/server/tenant'
import type { Account, Language, PasskeyAnswer } from '../account.ts'
import type { RememberingAuthenticator } from './authenticate.ts'
import { type BuiltInIdentity, refuseEmailTaken, refuseProof, type Shown } from './built-in.ts'
import type { Directory } from './directory.ts'
import { inEveryOrganization } from './in-every-organization.ts'
import { demandUnknownPassword } from './known-password.ts'
import type { Notice, Post } from './letters.ts'
import { refuseLink } from './mailed-links.ts'
import { refusePasskey } from './passkeys.ts'
import type { Verdict } from './second-factor.ts'
import { updateMemberEmail } from './store.ts'
import type { AccountRow } from './store-accounts.ts'

export type OwnAccountParts = {
  identity: BuiltInIdentity
  directory: Pick<Directory, 'memberships'>
  database: Database
  authenticator: Pick<RememberingAuthenticator, 'forgetSessions'>
  mail: Mail
  post: Post
}

export type Self = { userId: string; sessionId: string; language: Language }

/**
 * What people do to their own account. Whatever changes how one signs in is told three times: in the audit trail of
 * every organization, by a letter to the person, and by the sessions that end.
 */
export function ownAccount(parts: OwnAccountParts) {
  const { identity, authenticator, mail, post } = parts
  const { accounts, sessions, authenticators, passkeys, links } = identity

  const accountOf = async (userId: string): Promise<AccountRow> => {
    const account = await accounts.byId(userId)
    if (!account) throw new Error('a session without an account')
    return account
  }

  /** What somebody who knows where a person works would try. */
  const namesAround = async (userId: string) =>
    (await parts.directory.memberships([userId])).map(({ organization }) => organization.name)

  /** A stolen session must not be enough to lock its owner out. */
  const demandFresh = async ({ sessionId }: Self) => {
    if (await sessions.isFresh(sessionId)) return
    refuse('forbidden', 'people.confirmation_required', {
      detail: 'Confirm first that it is you: POST /session/confirmation.',
    })
  }

  const told = async (account: AccountRow, language: Language, name: string, notice: Notice) => {
    await inEveryOrganization(parts, account.id, (tx, { actor }) => recordEvent(tx, { name, subjectId: actor.id }))
    if (mail.isOn) void post.notice(account.email, language, notice)
  }

  const endOthers = async (userId: string, keptId: string | null) =>
    authenticator.forgetSessions(await sessions.endOthers(userId, keptId))

  return {
    async view(userId: string): Promise<Account> {
      const account = await accountOf(userId)
      return {
        name: account.name,
        email: account.email,
        emailVerified: account.email_verified,
        codesRequired: await authenticators.isOn(userId),
        recoveryCodesLeft: await authenticators.recoveryCodesLeft(userId),
        passkeys: await passkeys.ofUser(userId),
      }
    },

    async confirm({ userId, sessionId }: Self, shown: Shown) {
      const proof = await identity.prove(userId, shown)
      if (!('signedInWith' in proof)) refuseProof(proof, 'forbidden')
      await sessions.confirm(sessionId)
    },

    async confirmByPasskey({ userId, sessionId }: Self, answer: PasskeyAnswer) {
      if (!(await passkeys.check(answer, userId))) refusePasskey()
      await sessions.confirm(sessionId)
    },

    async changePassword(self: Self, current: string, next: string) {
      const account = await accountOf(self.userId)
      const proof = await identity.prove(self.userId, { password: current })
      if ('missing' in proof && proof.missing === 'sign_in_failed') refuseProof(proof, 'forbidden')
      await demandUnknownPassword(next, account.email, await namesAround(account.id))
      await identity.setPassword(self.userId, next)
      await links.voidOf(self.userId, ['reset_password'])
      await endOthers(self.userId, self.sessionId)
      await told(account, self.language, 'people.password_changed', 'passwordChanged')
    },

    /** Says nothing about whether there is such an account; whoever asks does not wait for the letter either. */
    async mailReset(email: string, language: Language) {
      const account = await accounts.byEmail(email)
      if (!account) return
      const token = await links.make('reset_password', { email: account.email, userId: account.id })
      await post.resetPassword(account.email, language, token)
    },

    async resetPassword(token: string, password: string, language: Language) {
      const { email } = await links.read(token, 'reset_password')
      const known = await accounts.byEmail(email)
      await demandUnknownPassword(password, email, known ? await namesAround(known.id) : [])
      const { userId } = await links.use(token, 'reset_password')
      const account = await accountOf(userId ?? refuseLink())
      if (account.email !== email) refuseLink()
      await accounts.claim(account.id)
      await identity.setPassword(account.id, password)
      await endOthers(account.id, null)
      await told(account, language, 'people.password_reset', 'passwordChanged')
    },

    async mailEmailLink(self: Self, email: string | undefined) {
      const account = await accountOf(self.userId)
      if (email === undefined || email === account.email) {
        const token = await links.make('verify_email', { email: account.email, userId: account.id })
        return void (await post.verifyEmail(account.email, self.language, token))
      }
      await demandFresh(self)
      if (await accounts.byEmail(email)) return void (await post.emailTaken(email, self.language))
      await links.voidOf(account.id, ['change_email'])
      const token = await links.make('change_email', { email, userId: account.id })
      await post.changeEmail(email, self.language, token)
    },

    async confirmEmail(token: string, language: Language): Promise<{ email: string }> {
      const { email, userId, purpose } = await links.use(token, 'verify_email', 'change_email')
      const account = await accountOf(userId ?? refuseLink())
      if (purpose === 'verify_email' && account.email !== email) refuseLink()
      if (!(await accounts.setEmail(account.id, email))) refuseEmailTaken()
      if (purpose === 'change_email') {
        await links.voidOf(account.id, ['reset_password', 'verify_email'])
        await inEveryOrganization(parts, account.id, async (tx, { actor }) => {
          await updateMemberEmail(tx, actor.id, email)
          await recordEvent(tx, {
            name: 'people.email_changed',
            subjectId: actor.id,
            before: { email: account.email },
            after: { email },
          })
        })
        if (mail.isOn) void post.notice(account.email, language, 'emailChanged')
      }
      return { email }
    },

    async beginAuthenticator(self: Self) {
      await demandFresh(self)
      const { id, email } = await accountOf(self.userId)
      return (await authenticators.begin(id, email)) ?? refuseOn()
    },

    async confirmAuthenticator(self: Self, code: string): Promise<string[]> {
      await demandFresh(self)
      if (await authenticators.isOn(self.userId)) refuseOn()
      const verdict = await authenticators.check(self.userId, code)
      if (verdict !== 'right') refuseProof(missingIn(verdict), 'forbidden')
      const codes = await authenticators.renewRecoveryCodes(self.userId)
      await endOthers(self.userId, self.sessionId)
      await told(await accountOf(self.userId), self.language, 'people.authenticator_added', 'authenticatorOn')
      return codes
    },

    async removeAuthenticator(self: Self) {
      await demandFresh(self)
      if (!(await authenticators.isOn(self.userId))) return
      await authenticators.remove(self.userId)
      await told(await accountOf(self.userId), self.language, 'people.authenticator_removed', 'authenticatorOff')
    },

    async renewRecoveryCodes(self: Self): Promise<string[]> {
      await demandFresh(self)
      if (!(await authenticators.isOn(self.userId))) refuseOff()
      const codes = await authenticators.renewRecoveryCodes(self.userId)
      await told(await accountOf(self.userId), self.language, 'people.recovery_codes_renewed', 'recoveryCodesRenewed')
      return codes
    },

    async passkeyChallenge(self: Self, purpose: 'add' | 'confirm') {
      if (purpose === 'confirm') return passkeys.challenge(self.userId)
      await demandFresh(self)
      return passkeys.beginAdding(await accountOf(self.userId))
    },

    async addPasskey(self: Self, name: string, answer: PasskeyAnswer) {
      await demandFresh(self)
      const added = await passkeys.add(self.userId, name, answer)
      await told(await accountOf(self.userId), self.language, 'people.passkey_added', 'passkeyAdded')
      return added
    },

    async removePasskey(self: Self, id: string): Promise<boolean> {
      await demandFresh(self)
      if (!(await passkeys.remove(self.userId, id))) return false
      await told(await accountOf(self.userId), self.language, 'people.passkey_removed', 'passkeyRemoved')
      return true
    },

    sessions: async ({ userId, sessionId }: Self) =>
      (await sessions.ofUser(userId)).map((session) => ({ ...session, current: session.id === sessionId })),

    async endSession({ userId }: Self, id: string): Promise<boolean> {
      const ended = await sessions.endOne(userId, id)
      if (ended) authenticator.forgetSessions([id])
      return ended
    },

    endOtherSessions: ({ userId, sessionId }: Self) => endOthers(userId, sessionId),

    /** Who signed in with a recovery code is told: it may have been somebody else. */
    async noteRecovery(userId: string, language: Language) {
      await told(await accountOf(userId), language, 'people.recovery_code_used', 'recoveryCodeUsed')
    },
  }
}

const missingIn = (verdict: Exclude<Verdict, 'right'>) =>
  verdict === 'wrong' ? { missing: 'code_wrong' as const } : { missing: 'code_locked' as const, ...verdict }

const refuseOn = () =>
  refuse('conflict', 'people.authenticator_on', { detail: 'An authenticator app is in force. Remove it first.' })

const refuseOff = () =>
  refuse('conflict', 'people.authenticator_off', {
    detail: 'There are recovery codes only beside an authenticator app.',
  })
