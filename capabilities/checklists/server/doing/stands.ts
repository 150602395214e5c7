import { can } from '@opsflow/platform/actor'
import { notFound, refuse } from '@opsflow/platform/refusal'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import type { Answer } from '../../answer.ts'
import type { Checklist } from '../../checklist.ts'
import type { ChecklistForm } from '../../form.ts'
import type { ChecklistsPermission } from '../../permissions.ts'
import { readForms } from '../templates/store-forms.ts'
import { answersOf, lockChecklist, namesOfUnits, readChecklist } from './store.ts'

export type Stands = { list: Checklist; form: ChecklistForm; answers: Answer[] }

/** Locked as it stands, for someone who may do this there. What they may not even see does not exist. */
export async function take(tx: Tx, permission: ChecklistsPermission, id: string): Promise<Stands> {
  const list = (await lockChecklist(tx, id)) ?? notFound()
  requireAt(tx, permission, list.locationId)
  const [form] = await readForms(tx, [list.formId])
  return { list, form: form ?? notFound(), answers: await answersOf(tx, id) }
}

export function requireAt({ actor }: Pick<Tx, 'actor'>, permission: ChecklistsPermission, locationId: string) {
  if (!can(actor, 'checklists.read', locationId)) notFound()
  if (can(actor, permission, locationId)) return
  refuse('forbidden', 'forbidden', { detail: `This needs the permission ${permission} at this location.` })
}

/** Everything about one, for whoever may see it: every answer, not only what stands. */
export async function readRecord(
  tx: ReadTx,
  id: string,
): Promise<{ checklist: Checklist; form: ChecklistForm; answers: Answer[]; units: { id: string; name: string }[] }> {
  const checklist = (await readChecklist(tx, id)) ?? notFound()
  if (!can(tx.actor, 'checklists.read', checklist.locationId)) notFound()
  const [form] = await readForms(tx, [checklist.formId])
  const answers = await answersOf(tx, id)
  const entries = [...new Set(answers.flatMap(({ entryId }) => entryId ?? []))]
  const units = entries.length > 0 ? await namesOfUnits(tx, checklist.locationId, entries) : []
  return { checklist, form: form ?? notFound(), answers, units }
}

/** The member behind an actor, for columns that name a person. */
export const memberOf = ({ actor }: Pick<Tx, 'actor'>) => (actor.kind === 'member' ? actor.id : null)
