import { can } from '@opsflow/platform/actor'
import { notFound, refuse } from '@opsflow/platform/refusal'
import { recordEvent } from '@opsflow/platform/server/events'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import type { Checklist, PastExcuse } from '../../checklist.ts'
import { isTooLate } from '../../standing.ts'
import { memberOf, requireAt } from '../doing/stands.ts'
import { lockChecklist, readChecklist } from '../doing/store.ts'
import { endExcuse, excusesOfChecklist, insertExcuse } from './store-excuses.ts'

/** Nobody could have done it, and a manager says why. It stays missed; who excused it, when and why is on record. */
export async function excuseChecklist(tx: Tx, id: string, reason: string): Promise<Checklist> {
  const list = await lockToExcuse(tx, id)
  if (!isMissed(list, new Date().toISOString())) {
    refuse('conflict', 'checklists.not_missed', { detail: 'Only what was missed is excused.' })
  }
  await endExcuse(tx, id, memberOf(tx))
  await insertExcuse(tx, list, reason, memberOf(tx))
  await recordEvent(tx, {
    ...{ name: 'checklists.excused', subjectId: id, locationId: list.locationId },
    ...{ before: saidOf(list), after: { reason, checklist: list.name, day: list.day } },
  })
  return (await readChecklist(tx, id)) ?? notFound()
}

export async function takeExcuseBack(tx: Tx, id: string): Promise<Checklist> {
  const list = await lockToExcuse(tx, id)
  if (!(await endExcuse(tx, id, memberOf(tx)))) {
    refuse('conflict', 'checklists.not_excused', { detail: 'This checklist is not excused.' })
  }
  await recordEvent(tx, {
    ...{ name: 'checklists.excuse_taken_back', subjectId: id, locationId: list.locationId },
    ...{ before: saidOf(list), after: { checklist: list.name, day: list.day } },
  })
  return (await readChecklist(tx, id)) ?? notFound()
}

export async function excusesOf(tx: ReadTx, id: string): Promise<PastExcuse[]> {
  const list = (await readChecklist(tx, id)) ?? notFound()
  if (!can(tx.actor, 'checklists.read', list.locationId)) notFound()
  return excusesOfChecklist(tx, id)
}

/** By the job that closes it, or by the clock before that job has come round. */
const isMissed = (list: Checklist, now: string) =>
  list.status === 'missed' || ((list.status === 'open' || list.status === 'in_progress') && isTooLate(list, now))

const saidOf = ({ excuse }: Checklist) => excuse && { reason: excuse.reason }

async function lockToExcuse(tx: Tx, id: string): Promise<Checklist> {
  const list = (await lockChecklist(tx, id)) ?? notFound()
  requireAt(tx, 'checklists.manage', list.locationId)
  return list
}
