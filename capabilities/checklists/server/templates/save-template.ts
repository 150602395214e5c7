import { type Actor, demand } from '@opsflow/platform/actor'
import { notFound, refuse } from '@opsflow/platform/refusal'
import { recordEvent } from '@opsflow/platform/server/events'
import type { Tx } from '@opsflow/platform/server/tenant'
import { uuid7 } from '@opsflow/platform/server/uuid7'
import { templateChanged } from '../../facts.ts'
import { withFreshIds } from '../../fresh-ids.ts'
import { type ChecklistTemplate, DraftContent } from '../../template.ts'
import { NewTemplate, type TemplateChange } from '../../template-records.ts'
import { demandPictures } from '../pictures/add-picture.ts'
import { demandInUse, lockToChange, templateOf } from './authority.ts'
import { hasRunningSchedules, insertTemplate, readTemplate, storeTemplate, type TemplateRow } from './store.ts'

/** A draft, of which nobody hears before it is published. */
export async function makeTemplate(tx: Tx, wanted: NewTemplate): Promise<ChecklistTemplate> {
  demand(tx.actor, 'checklists.manage')
  const { name, category, draft = emptyDraft(), libraryKey } = NewTemplate.parse(wanted)
  await demandPictures(tx, draft)
  const id = await insertTemplate(tx, { name, category, draft, libraryKey }).catch(orNameTaken)
  await recordEvent(tx, { name: 'checklists.template_made', subjectId: id, after: { name, category, libraryKey } })
  return changedNow(tx, id)
}

const emptyDraft = () => DraftContent.parse({ sections: [{ id: uuid7(), title: '', items: [] }] })

/** A template of one's own that begins as another stands. */
export async function copyTemplate(tx: Tx, id: string, name: string): Promise<ChecklistTemplate> {
  demand(tx.actor, 'checklists.manage')
  const { category, draft, libraryKey } = (await readTemplate(tx, id)) ?? notFound()
  return makeTemplate(tx, { name, category, draft: withFreshIds(draft, uuid7), libraryKey })
}

/** Saves the draft, renames, archives, brings back. Nobody's list changes. */
export async function saveTemplate(tx: Tx, id: string, change: TemplateChange): Promise<ChecklistTemplate> {
  const before = await lockToChange(tx, id, change.revision)
  if (change.archived !== false) demandInUse(before)
  if (change.archived === true) await demandNoSchedules(tx, id)
  if (change.draft) await demandPictures(tx, change.draft)
  const after: TemplateRow = {
    ...before,
    name: change.name ?? before.name,
    category: change.category ?? before.category,
    draft: change.draft ?? before.draft,
    archivedAt: archivedAt(before, change.archived),
  }
  await storeTemplate(tx, after).catch(orNameTaken)
  await recordChange(tx, before, after)
  return changedNow(tx, id)
}

const archivedAt = ({ archivedAt }: TemplateRow, archived: boolean | undefined) =>
  archived === undefined ? archivedAt : archived ? new Date().toISOString() : null

async function demandNoSchedules(tx: Tx, id: string) {
  if (!(await hasRunningSchedules(tx, id))) return
  refuse('conflict', 'checklists.template_in_use', {
    detail: 'Schedules still ask for this checklist. End them first.',
  })
}

/** The trail keeps names and comings and goings; what a draft said in between is nobody's record. */
async function recordChange(tx: Tx, before: TemplateRow, after: TemplateRow) {
  if (before.archivedAt !== after.archivedAt) {
    const name = after.archivedAt ? 'checklists.template_archived' : 'checklists.template_restored'
    await recordEvent(tx, { name, subjectId: after.id, after: { name: after.name } })
  } else if (before.name !== after.name) {
    const told = { before: { name: before.name }, after: { name: after.name } }
    await recordEvent(tx, { name: 'checklists.template_renamed', subjectId: after.id, ...told })
  }
}

/** As it stands after a change, which others hear of. */
export async function changedNow(tx: Tx, id: string): Promise<ChecklistTemplate> {
  await tx.emit(templateChanged, { organizationId: tx.actor.organizationId, templateId: id })
  return shown(tx, tx.actor, id)
}

const shown = async (tx: Tx, actor: Actor, id: string) => templateOf(actor, (await readTemplate(tx, id)) ?? notFound())

const UNIQUE_VIOLATION = '23505'

function orNameTaken(error: unknown): never {
  if ((error as { code?: string }).code !== UNIQUE_VIOLATION) throw error
  return refuse('conflict', 'checklists.template_name_taken', {
    detail: 'Another checklist template has this name.',
    errors: [{ path: 'body.name', code: 'checklists.template_name_taken', message: 'Choose another name.' }],
  })
}
