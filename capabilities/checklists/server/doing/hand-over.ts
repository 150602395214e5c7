import { crewAt } from '@opsflow/capabilities/tasks/server'
import { justNow, type Moment } from '@opsflow/platform/moment'
import { notFound, refuse } from '@opsflow/platform/refusal'
import type { Ran } from '@opsflow/platform/server/sync/registry'
import type { Tx } from '@opsflow/platform/server/tenant'
import type { Checklist } from '../../checklist.ts'
import { mustBeOpen } from '../../standing.ts'
import { arrivesTooLate } from './complete.ts'
import { memberOf, take } from './stands.ts'
import { insertHandOver, readChecklist } from './store.ts'

type HandingOver = { id: string; checklistId: string; to: { id: string }; note: string }

/** Another person goes on with it: someone who works there. What was answered stays who answered it. */
export async function handOver(tx: Tx, given: HandingOver, when = justNow()): Promise<Checklist> {
  const { list } = await take(tx, 'checklists.do', given.checklistId)
  if (list.handOvers.some(({ id }) => id === given.id)) return list
  mustBeOpen(list, when.at)
  return kept(tx, list, given, when)
}

/** The same, done offline: what is over by now needs nobody any more. */
export async function bringHandOver(tx: Tx, given: HandingOver, when: Moment): Promise<Ran | undefined> {
  const { list } = await take(tx, 'checklists.do', given.checklistId)
  if (list.handOvers.some(({ id }) => id === given.id)) return undefined
  const late = arrivesTooLate(list, when)
  if (late) return late
  await kept(tx, list, given, when)
  return undefined
}

async function kept(tx: Tx, list: Checklist, { id, to, note }: HandingOver, when: Moment): Promise<Checklist> {
  const crew = await crewAt(tx, list.locationId)
  if (!crew.some((member) => member.id === to.id)) nobodyHere()
  if (!(await insertHandOver(tx, list, { id, to: to.id, note, by: memberOf(tx) }, when))) {
    refuse('conflict', 'checklists.id_taken', { detail: 'Another hand-over has this id.' })
  }
  return (await readChecklist(tx, list.id)) ?? notFound()
}

const nobodyHere = () => {
  const message = 'Nobody of this name works at this location.'
  refuse('invalid', 'checklists.nobody_here', {
    detail: message,
    errors: [{ path: 'to.id', code: 'checklists.nobody_here', message }],
  })
}
