import { can } from '@opsflow/platform/actor'
import { notFound } from '@opsflow/platform/refusal'
import type { ReadTx } from '@opsflow/platform/server/tenant'
import type { Answer } from '../../answer.ts'
import type { Checklist } from '../../checklist.ts'
import { type Oddity, oddities } from '../../looks-odd.ts'
import { answersOf, answersOfMany, readChecklist } from './store.ts'
import { completedSince, earlierTemperatures } from './store-oddities.ts'

/** Of one list, for those who verify there. */
export async function oddAbout(tx: ReadTx, id: string): Promise<Oddity[]> {
  const list = (await readChecklist(tx, id)) ?? notFound()
  if (!can(tx.actor, 'checklists.verify', list.locationId)) notFound()
  return look(tx, list, await answersOf(tx, id))
}

const MOST_LISTS = 500

/** Of the last days, for a manager's list. */
export async function oddLately(tx: ReadTx, locationId: string | null, days: number) {
  const lists = (await completedSince(tx, locationId, days, MOST_LISTS)).filter((list) =>
    can(tx.actor, 'checklists.verify', list.locationId),
  )
  const answers = await answersOfMany(
    tx,
    lists.map(({ id }) => id),
  )
  const byList = new Map<string, Answer[]>(lists.map(({ id }) => [id, []]))
  for (const answer of answers) byList.get(answer.checklistId)?.push(answer)
  const found: (Oddity & { checklist: Checklist })[] = []
  for (const checklist of lists) {
    const odd = await look(tx, checklist, byList.get(checklist.id) ?? [])
    found.push(...odd.map((one) => ({ ...one, checklist })))
  }
  return found
}

async function look(tx: ReadTx, list: Checklist, answers: readonly Answer[]): Promise<Oddity[]> {
  const measured = answers.filter(({ value }) => value?.kind === 'temperature').map(({ itemId }) => itemId)
  const earlier =
    measured.length === 0 ? [] : await earlierTemperatures(tx, list.locationId, [...new Set(measured)], list.day)
  return oddities(list, answers, earlier)
}
