import { systemActor } from '@opsflow/platform/actor'
import { recordEvents } from '@opsflow/platform/server/events'
import { leaveBytes } from '@opsflow/platform/server/files/leavings'
import type { AcrossTenants } from '@opsflow/platform/server/files/store-leavings'
import { eachAlone } from '@opsflow/platform/server/in-turns'
import type { Database, Tx } from '@opsflow/platform/server/tenant'
import { customersWithPictures, deletePictures, lockPictures, lookAgain, shownPictures } from './store.ts'

const DAY_MS = 86_400_000
/** So long a picture stays that nothing shows: a draft may lie open on a device that is offline. */
const GRACE_MS = 30 * DAY_MS
const AT_ONCE = 200

/**
 * Pictures that no draft shows and no version ever did are found, wait out their time, and leave. What was published once
 * stays for good: records show it.
 */
export async function forgetPictures(
  { database }: { database: Pick<Database, 'write'> },
  relay: AcrossTenants,
  now = Date.now(),
): Promise<void> {
  await eachAlone(await customersWithPictures(relay, now), ({ tenantId, organizationId }) =>
    database.write(systemActor(tenantId, organizationId, 'picture-sweep'), (tx) => look(tx, now)),
  )
}

async function look(tx: Tx, now: number) {
  const due = await lockPictures(tx, now, AT_ONCE)
  const shown = await shownPictures(
    tx,
    due.map(({ id }) => id),
  )
  const unshown = due.filter(({ id }) => !shown.has(id))
  const isOver = ({ unshownAt }: (typeof due)[number]) => unshownAt !== null && Date.parse(unshownAt) <= now - GRACE_MS
  const leaving = unshown.filter(isOver)
  await lookAgain(tx, [...shown], now + GRACE_MS, null)
  const found = unshown.filter(({ unshownAt }) => unshownAt === null).map(({ id }) => id)
  await lookAgain(tx, found, now + GRACE_MS, now)
  for (const { storedSha256, thumbnailSha256, bytes } of leaving) {
    await leaveBytes(tx, [storedSha256, thumbnailSha256], bytes, now)
  }
  const ids = leaving.map(({ id }) => id)
  await deletePictures(tx, ids)
  if (ids.length > 0)
    await recordEvents(
      tx,
      ids.map((subjectId) => ({ name: 'checklists.picture_left', subjectId })),
    )
}
