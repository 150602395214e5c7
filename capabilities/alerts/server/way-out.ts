import type { Way } from '../words.ts'

/** Whom a notice goes to, and in which language. */
export type Addressee = {
  tenantId: string
  memberId: string
  email: string | null
  language: 'en' | 'es'
}

/** What someone is told, once: of one matter, or of many together. */
export type Said = {
  title: string
  lines: readonly string[]
  /** A page of the organization. */
  url: string
  /** What is said later of the same takes the place of what was said before, where the way can. */
  tag: string
  /** It sounds, also where it replaces. */
  isUrgent: boolean
  organizationSlug: string
}

/**
 * sent: it left · failed: it did not, and may be tried again · nowhere: this person cannot be reached by this way.
 * It may take seconds and never throws for what the other side does.
 */
export type Left = 'sent' | 'failed' | 'nowhere'

/**
 * A way by which notices leave the product, beside the inbox. E-mail and push are two; SMS, a pager or a chat would be a
 * third: an entry in WAYS (words.ts), the same in the check of notice_deliveries.way, and one of these.
 */
export type WayOut = {
  way: Way
  /** Off: nobody is told by it, and nothing waits for it. */
  isOn: boolean
  tell: (to: Addressee, said: Said) => Promise<Left>
}
