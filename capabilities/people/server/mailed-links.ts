import { randomBytes } from 'node:crypto'
import { refuse } from '@opsflow/platform/refusal'
import type pg from 'pg'
import type { Digest } from './credentials.ts'
import { type MailedLink, mailedLinksIn, type Purpose } from './store-mailed-links.ts'

/** How long a link is good. */
const MINUTES: Record<Purpose, number> = {
  sign_up: 24 * 60,
  verify_email: 3 * 24 * 60,
  change_email: 24 * 60,
  reset_password: 60,
}

export const newToken = () => randomBytes(32).toString('base64url')

/** Links that prove a mailbox. The token stands after `#`, which browsers send to nobody: it reaches no log. */
export function mailedLinks(pool: pg.Pool, digest: Digest) {
  const stored = mailedLinksIn(pool)
  return {
    async make(purpose: Purpose, link: MailedLink): Promise<string> {
      const token = newToken()
      await stored.insert({ ...link, purpose, tokenHash: digest(token), minutes: MINUTES[purpose] })
      return token
    },
    /** Without using it up. */
    read: async (token: string, ...purposes: Purpose[]) => (await stored.read(digest(token), purposes)) ?? refuseLink(),
    use: async (token: string, ...purposes: Purpose[]) => (await stored.use(digest(token), purposes)) ?? refuseLink(),
    voidOf: stored.voidOf,
  }
}

export type MailedLinks = ReturnType<typeof mailedLinks>

/** Unknown, used, replaced and expired look alike: whoever guesses learns nothing. */
export const refuseLink = () =>
  refuse('conflict', 'people.link_unknown', {
    detail: 'This link is used, replaced or expired. Ask for a new one.',
  })
