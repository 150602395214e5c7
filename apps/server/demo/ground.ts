import { openPeople, type People } from '@opsflow/capabilities/people/server'
import { systemActor } from '@opsflow/platform/actor'
import { type Database, openDatabase, openPool } from '@opsflow/platform/server/tenant'
import type { Ground } from '../start/ground.ts'
import type { Pool } from './store.ts'

export type DemoDatabase = Pick<Ground, 'urls' | 'secrets'>

/** What making and removing the demo stands on: each face of the database with as few connections as it needs. */
export type DemoGround = {
  /** As requests do: fenced in one tenant at a time. */
  app: Database
  /** As migrations do, and still fenced: only to remove what the runtime role may not, and to tidy up after. */
  owner: Database
  ownerPool: Pool
  relay: Pool
  auth: Pool
  identity: People['identity']
  digest: People['digest']
  close: () => Promise<void>
}

/** Two transactions at once keep both cores busy: one judges while the other is written. */
export const AT_ONCE = 3

export async function openDemoGround({ urls, secrets }: DemoDatabase): Promise<DemoGround> {
  const contextKey = Buffer.from(secrets.contextKey, 'base64')
  const open = (url: string, poolSize: number) => openDatabase({ url, contextKey, poolSize, prepared: true })
  const [app, owner] = [open(urls.app, AT_ONCE), open(urls.owner, 1)]
  // Who holds the demo and who waits for it keep a connection each; asking meanwhile needs others.
  const [relay, auth, ownerPool] = [openPool(urls.relay, 4), openPool(urls.auth, 2), openPool(urls.owner, 1)]
  const people = await openPeople({
    pool: auth,
    secret: secrets.authSecret,
    pepper: secrets.pepper,
    publicUrl: 'http://localhost', // nobody signs in here
    log: { warn: () => undefined, error: () => undefined },
  })
  return {
    app,
    owner,
    ownerPool,
    relay,
    auth,
    identity: people.identity,
    digest: people.digest,
    close: async () => void (await Promise.all([app.close(), owner.close(), ownerPool.end(), relay.end(), auth.end()])),
  }
}

/** The system at work in one organization of the demo. */
export const demoActor = (tenantId: string, organizationId: string) => systemActor(tenantId, organizationId, 'demo')
