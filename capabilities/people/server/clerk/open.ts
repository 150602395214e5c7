import { createClerkClient } from '@clerk/backend'
import type { Database } from '@opsflow/platform/server/tenant'
import type { RequestHandler } from 'express'
import type pg from 'pg'
import { directory } from '../directory.ts'
import { clerkIdentity } from './identity.ts'
import type { ClerkKeys } from './keys.ts'
import { clerkMirror } from './mirror.ts'
import { type Reconciled, reconcile } from './reconcile.ts'
import { clerkStoreIn } from './store.ts'
import { clerkTokens, frontendApiOf } from './tokens.ts'
import { clerkWebhooks } from './webhook.ts'

export type ClerkParts = {
  keys: ClerkKeys
  /** As opsflow_auth. */
  pool: pg.Pool
  database: Database
  publicOrigin: () => string
  /** Any organization made at Clerk founds a tenant here. Otherwise only the first of an empty product does. */
  signUpIsOpen: boolean
  log: { info: (details: object, message: string) => void; warn: (details: object, message: string) => void }
}

export type Clerk = {
  identity: ReturnType<typeof clerkIdentity>
  /** For `/api/clerk`. */
  webhooks: RequestHandler
  /** What a page needs to show Clerk's own sign-in. */
  door: { publishableKey: string; frontendApi: string }
  reconcile: () => Promise<Reconciled>
  /** From now on Clerk's organization stands for ours; false when either is linked already or unknown. */
  link: (clerkOrganizationId: string, organizationId: string) => Promise<boolean>
  store: ReturnType<typeof clerkStoreIn>
}

/** Everything of Clerk's, once its keys are set. Requests are never waited for: only `reconcile` asks Clerk. */
export function openClerk({ keys, pool, database, publicOrigin, signUpIsOpen, log }: ClerkParts): Clerk {
  const store = clerkStoreIn(pool)
  const tokens = clerkTokens({ jwtKey: keys.jwtKey, publishableKey: keys.publishableKey, publicOrigin })
  const foundsTenants = async () => signUpIsOpen || directory(pool).isEmpty()
  const mirror = clerkMirror({ store, database, foundsTenants, log })
  const { publishableKey, secretKey, apiUrl } = keys
  return {
    store,
    identity: clerkIdentity({ tokens, store }),
    webhooks: clerkWebhooks({ mirror, signingSecret: keys.webhookSigningSecret, log }),
    door: { publishableKey, frontendApi: frontendApiOf(publishableKey) },
    reconcile: () => {
      const address = apiUrl === undefined ? {} : { apiUrl }
      const client = createClerkClient({ secretKey, publishableKey, telemetry: { disabled: true }, ...address })
      return reconcile({ client, mirror, store })
    },
    async link(clerkOrganizationId, organizationId) {
      const linked = await store.link(clerkOrganizationId, organizationId)
      if (linked.length === 1) await mirror.settle(clerkOrganizationId)
      return linked.length === 1
    },
  }
}
