import { readLocationsAmong } from '@opsflow/capabilities/locations/server'
import { codeAt } from '@opsflow/capabilities/tasks/server'
import { justNow, type Moment } from '@opsflow/platform/moment'
import { notFound, refuse } from '@opsflow/platform/refusal'
import type { Ran } from '@opsflow/platform/server/sync/registry'
import type { Tx } from '@opsflow/platform/server/tenant'
import type { Checklist } from '../../checklist.ts'
import { asKept, judgeCode, judgePosition, type PresenceVerdict, type Shown } from '../../presence.ts'
import { mustBeOpen } from '../../standing.ts'
import { mustHaveRoom } from '../../sync.ts'
import { arrivesTooLate } from './complete.ts'
import { memberOf, take } from './stands.ts'
import { readChecklist } from './store.ts'
import { insertPresence } from './store-presences.ts'

type Showing = { id: string; checklistId: string; shown: Shown }

/** Someone shows that they are at the place. What does not show it is kept as well, with what is wrong with it. */
export async function showPresence(tx: Tx, given: Showing, when = justNow()): Promise<Checklist> {
  const { list } = await take(tx, 'checklists.do', given.checklistId)
  if (list.presences.some(({ id }) => id === given.id)) return list
  mustBeOpen(list, when.at)
  await kept(tx, list, given, when)
  return (await readChecklist(tx, list.id)) ?? notFound()
}

/** The same, done offline. It counts for what was still being done by then, whoever completed it meanwhile. */
export async function bringPresence(tx: Tx, given: Showing, when: Moment): Promise<Ran | undefined> {
  const { list } = await take(tx, 'checklists.do', given.checklistId)
  if (list.presences.some(({ id }) => id === given.id)) return undefined
  const late = arrivesTooLate(list, when)
  const wasOpen = list.completedAt !== null && Date.parse(when.at) < Date.parse(list.completedAt)
  if (late && !wasOpen) return late
  await kept(tx, list, given, when)
  return undefined
}

async function kept(tx: Tx, list: Checklist, { id, shown }: Showing, when: Moment) {
  mustHaveRoom(list)
  const judged = await judge(tx, list.locationId, shown, when)
  if (await insertPresence(tx, list, { id, ...asKept(shown), ...judged, by: memberOf(tx) }, when)) return
  refuse('conflict', 'checklists.id_taken', { detail: 'Something else has this id.' })
}

/** Of a code only this location's are looked at: anyone else's answers as one that there is not. */
async function judge(
  tx: Tx,
  locationId: string,
  shown: Shown,
  when: Moment,
): Promise<{ verdict: PresenceVerdict; placeCodeId: string | null }> {
  if (shown.method === 'code') {
    const code = await codeAt(tx, locationId, shown.code)
    return { verdict: judgeCode(code, when), placeCodeId: code?.id ?? null }
  }
  const [place] = await readLocationsAmong(tx, [locationId])
  return { verdict: judgePosition(shown, place ?? notFound()), placeCodeId: null }
}
