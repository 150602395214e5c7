import type { Database, Tx } from '@opsflow/platform/server/tenant'
import type { Directory, Holder } from './directory.ts'

/** An account may belong to several customers: what happens to it is told to each, in their own transaction. */
export async function inEveryOrganization(
  { directory, database }: { directory: Pick<Directory, 'memberships'>; database: Database },
  userId: string,
  work: (tx: Tx, holder: Holder) => Promise<void>,
): Promise<void> {
  for (const holder of await directory.memberships([userId])) {
    await database.write(holder.actor, (tx) => work(tx, holder))
  }
}
