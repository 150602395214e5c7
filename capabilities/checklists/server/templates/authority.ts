import { type Actor, can, canEverywhere } from '@opsflow/platform/actor'
import { notFound, refuse } from '@opsflow/platform/refusal'
import type { Tx } from '@opsflow/platform/server/tenant'
import type { ChecklistTemplate } from '../../template.ts'
import { lockTemplate, type TemplateRow } from './store.ts'

/** Head office changes every template; a manager of some locations those that are their own. */
export const isMine = (actor: Actor, { createdBy }: Pick<TemplateRow, 'createdBy'>): boolean =>
  canEverywhere(actor, 'checklists.manage') || (can(actor, 'checklists.manage') && createdBy === actor.id)

export const templateOf = (actor: Actor, { createdBy, ...row }: TemplateRow): ChecklistTemplate => ({
  ...row,
  isMine: isMine(actor, { createdBy }),
})

/** A template that is to be changed: the caller's, as they last saw it. */
export async function lockToChange(tx: Tx, id: string, revision: number): Promise<TemplateRow> {
  const template = (await lockTemplate(tx, id)) ?? notFound()
  if (!isMine(tx.actor, template)) {
    refuse('forbidden', 'checklists.template_not_yours', {
      detail: 'This template is made by someone else. Make a copy to change it.',
    })
  }
  if (template.revision !== revision) {
    refuse('conflict', 'checklists.template_changed_meanwhile', {
      detail: 'Someone saved this template meanwhile. Look at what they changed, then do yours again.',
    })
  }
  return template
}

export function demandInUse({ archivedAt }: Pick<TemplateRow, 'archivedAt'>): void {
  if (archivedAt === null) return
  refuse('conflict', 'checklists.template_archived', {
    detail: 'This template is archived. Bring it back first.',
  })
}
