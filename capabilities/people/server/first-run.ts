import { randomUUID } from 'node:crypto'
import { systemActor } from '@opsflow/platform/actor'
import { refuse } from '@opsflow/platform/refusal'
import type { Database } from '@opsflow/platform/server/tenant'
import type pg from 'pg'
import type { Founding } from '../session.ts'
import type { BuiltInIdentity } from './built-in.ts'
import { foundChain } from './found-tenant.ts'
import { demandUnknownPassword } from './known-password.ts'
import { whileEmpty } from './store-founding.ts'

export type FirstRunParts = { pool: pg.Pool; identity: BuiltInIdentity; database: Database }

/** The empty product's first tenant, organization, location and admin. Whoever comes second is refused. */
export async function foundFirst(parts: FirstRunParts, founding: Founding): Promise<void> {
  await demandUnknownPassword(founding.password, founding.email, [founding.organizationName, founding.locationName])
  const founded = await whileEmpty(parts.pool, async () => {
    // Without any tenant an account belongs to nobody: it is what an interrupted founding left behind.
    await parts.identity.removeAccount(founding.email)
    const { userId } = await parts.identity.createAccount(founding)
    const actor = systemActor(randomUUID(), randomUUID(), 'first-run')
    await parts.database.write(actor, (tx) => foundChain(tx, actor, { ...founding, userId }))
  })
  if (!founded) {
    refuse('conflict', 'people.already_founded', {
      detail: 'This product has its first organization. Sign in instead.',
    })
  }
}
