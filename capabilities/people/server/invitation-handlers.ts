import type { Actor } from '@opsflow/platform/actor'
import { notFound } from '@opsflow/platform/refusal'
import { cursorKeys, isUuid, pageOf } from '@opsflow/platform/server/http/cursor'
import { implement } from '@opsflow/platform/server/http/implement'
import type { RateLimiter } from '@opsflow/platform/server/http/rate-limit'
import type { Mail } from '@opsflow/platform/server/mail'
import type { Database, ReadTx } from '@opsflow/platform/server/tenant'
import type pg from 'pg'
import type { Language } from '../account.ts'
import type { Invitation } from '../invitation.ts'
import { invitationRoutes } from '../invitation-routes.ts'
import { acceptInvitation, openInvitation } from './accept-invitation.ts'
import { refuseElsewhere } from './elsewhere.ts'
import { placesFor } from './http-members.ts'
import { invite, renewInvitation, revokeInvitation } from './invite.ts'
import { post } from './letters.ts'
import { newToken } from './mailed-links.ts'
import type { People } from './open.ts'
import { organizationsOf } from './session-view.ts'
import { INVITATIONS, invitationById, noteMailed } from './store-invitations.ts'
import { SESSION_ORGANIZATION } from './store-session.ts'

export type InvitationParts = People & {
  /** As opsflow_auth. */
  pool: pg.Pool
  database: Database
  rateLimiter: Pick<RateLimiter, 'letter' | 'link'>
  mail: Mail
  publicUrl: string
  /** Clerk invites people then, not we. */
  clerk?: object | undefined
}

export function invitationApi(parts: InvitationParts) {
  const { identity, directory, authenticator, database, digest, rateLimiter, mail } = parts
  const letters = post(parts.publicUrl, mail.send)
  const accepting = { ...parts, mailIsOn: mail.isOn }

  /** By letter, or (mail is off, or the letter did not leave) by the hand of whoever invites. */
  const deliver = async (actor: Actor, invitation: Invitation, token: string, language: Language) => {
    const mailed = mail.isOn && (await mailTo(actor, invitation, token, language))
    if (mailed) await database.write(actor, (tx) => noteMailed(tx, invitation.id, digest(token)))
    return { ...invitation, mailed, link: mailed ? null : letters.invitationLink(token) }
  }
  const mailTo = async (actor: Actor, { email }: Invitation, token: string, language: Language) => {
    const of = [actor.tenantId, actor.organizationId]
    const [organization] = await database.readOne<{ name: string }>(actor, SESSION_ORGANIZATION, of)
    return letters.invitation(email, language, token, { organization: organization?.name ?? '', inviter: actor.name })
  }

  const ways = implement(invitationRoutes, {
    'GET /invitations': async ({ actor, query: { limit, cursor, state }, readOne }) => {
      const [before] = cursorKeys(cursor, isUuid) ?? []
      const places = placesFor(actor, 'people.manage')
      const values = [actor.tenantId, actor.organizationId, state, before, places, actor.id, limit + 1]
      return pageOf(await readOne<Invitation>(INVITATIONS, values), limit, (last) => [last.id])
    },
    'POST /invitations': async ({ actor, body, write, http }) => {
      if (mail.isOn) await rateLimiter.letter(http, http.ip, body.email)
      const token = newToken()
      let isNew = false // a repeated request is answered as before, and mails nothing
      const made = await write(async (tx) => {
        isNew = true
        return shown(tx, actor, await invite(tx, actor, body, digest(token)))
      })
      return isNew ? deliver(actor, made, token, body.language) : made
    },
    'DELETE /invitations/{id}': ({ actor, params: { id }, write }) => write((tx) => revokeInvitation(tx, actor, id)),
    'POST /invitations/{id}/links': async ({ actor, params: { id }, body, write, http }) => {
      if (mail.isOn) await rateLimiter.letter(http, http.ip, id)
      const token = newToken()
      let isNew = false
      const made = await write(async (tx) => {
        isNew = true
        await renewInvitation(tx, actor, id, digest(token))
        return shown(tx, actor, id)
      })
      return isNew ? deliver(actor, made, token, body.language) : made
    },

    'POST /invitations/opening': async ({ body, http }) => {
      await rateLimiter.link(http, http.ip)
      return openInvitation(accepting, body.token, http.headers)
    },
    'POST /invitations/acceptance': async ({ body, http }) => {
      await rateLimiter.link(http, http.ip)
      const { userId, isNew } = await acceptInvitation(accepting, body, http.headers)
      authenticator.forget(http.headers)
      if (isNew) {
        const client = { headers: http.headers, address: http.ip }
        http.setHeader('set-cookie', (await identity.signInByLink(userId, client)).cookies)
      }
      return { organizations: organizationsOf(await directory.memberships([userId])) }
    },
  })
  const isRead = (key: string) => key === 'GET /invitations'
  return parts.clerk ? ways.map((way) => (isRead(way.key) ? way : { ...way, handle: refuseElsewhere })) : ways
}

async function shown(tx: ReadTx, actor: Actor, id: string) {
  return { ...((await invitationById(tx, actor, id)) ?? notFound()), link: null }
}
