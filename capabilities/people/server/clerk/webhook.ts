import { verifyWebhook } from '@clerk/backend/webhooks'
import { sendProblem } from '@opsflow/platform/server/http/problem'
import express, { type Router as ExpressRouter, Router } from 'express'
import { ZodError } from 'zod'
import type { ClerkMirror } from './mirror.ts'
import { saidInMessage } from './said.ts'

export type ClerkWebhookParts = {
  mirror: Pick<ClerkMirror, 'hear'>
  /** `whsec_…`, of this endpoint. */
  signingSecret: string
  log: { warn: (details: object, message: string) => void }
}

const SIGNED_HEADERS = ['svix-id', 'svix-timestamp', 'svix-signature'] as const

/**
 * `POST /api/clerk/webhooks`: users, organizations, memberships and ended sessions, as Clerk sends them (signed by
 * Svix, refused when older than five minutes). 204 when taken in or of no concern; anything else makes Clerk try again.
 */
export function clerkWebhooks({ mirror, signingSecret, log }: ClerkWebhookParts): ExpressRouter {
  const router = Router({ caseSensitive: true, strict: true })
  router.post('/webhooks', express.raw({ type: () => true, limit: '256kb' }), async (req, res) => {
    const headers = new Headers()
    for (const name of SIGNED_HEADERS) headers.set(name, req.get(name) ?? '')
    const body = Buffer.isBuffer(req.body) ? req.body.toString('utf8') : ''
    let message: unknown
    try {
      message = await verifyWebhook(new Request('http://clerk/', { method: 'POST', headers, body }), { signingSecret })
    } catch {
      return sendProblem(res, {
        status: 401,
        code: 'people.webhook_unsigned',
        detail: 'This message does not bear the signature of your Clerk instance, or it is too old.',
      })
    }
    try {
      await mirror.hear(saidInMessage(message))
    } catch (error) {
      if (!(error instanceof ZodError)) throw error
      // Signed by Clerk and yet not of a shape it documents: trying again would not help, and must not be silent.
      log.warn(
        { messageId: req.get('svix-id'), issues: error.issues.map(({ path }) => path.join('.')) },
        'clerk message',
      )
      return sendProblem(res, {
        status: 422,
        code: 'people.webhook_unread',
        detail: 'This message was not understood.',
      })
    }
    res.status(204).end()
  })
  return router
}
