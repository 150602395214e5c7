import { can, demand } from '@opsflow/platform/actor'
import { type FieldError, notFound, refuse } from '@opsflow/platform/refusal'
import { recordEvent } from '@opsflow/platform/server/events'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import type { LocalChanges } from '../../form.ts'
import type { Item } from '../../item.ts'
import type { TemplateContent } from '../../template.ts'
import type { LocalChangesRecord } from '../../template-records.ts'
import { renewForms } from './forms.ts'
import { changedNow } from './save-template.ts'
import { lockTemplate, readTemplate, readVersion } from './store.ts'
import { hasLocation, readLocalChanges, storeLocalChanges } from './store-local.ts'

export async function localChangesAt(tx: ReadTx, templateId: string, locationId: string): Promise<LocalChangesRecord> {
  if (!(await readTemplate(tx, templateId)) || !(await isSeen(tx, locationId))) return notFound()
  return (await readLocalChanges(tx, templateId, locationId)) ?? none(templateId, locationId)
}

const isSeen = async (tx: ReadTx, locationId: string) =>
  (await hasLocation(tx, locationId)) && can(tx.actor, 'checklists.read', locationId)

const none = (templateId: string, locationId: string): LocalChangesRecord => ({
  templateId,
  locationId,
  changes: {},
  revision: 0,
  changedBy: null,
  changedAt: null,
})

type Wanted = { locationId: string; revision: number; changes: LocalChanges }

/** A location says things its own way, where the version in use lets it. */
export async function changeLocally(tx: Tx, templateId: string, wanted: Wanted): Promise<LocalChangesRecord> {
  const { locationId, revision, changes } = wanted
  const template = (await lockTemplate(tx, templateId)) ?? notFound()
  if (!(await isSeen(tx, locationId))) return notFound()
  demand(tx.actor, 'checklists.manage', locationId)
  const inUse = await readVersion(tx, templateId, template.publishedVersion ?? 0)
  if (!inUse) {
    return refuse('conflict', 'checklists.template_not_published', { detail: 'Nobody uses this template yet.' })
  }
  demandOpen(inUse.content, changes)
  if (!(await storeLocalChanges(tx, { templateId, locationId }, revision, changes))) {
    refuse('conflict', 'checklists.local_changed_meanwhile', {
      detail: 'Someone changed it for this location meanwhile. Look at it again.',
    })
  }
  await recordEvent(tx, { name: 'checklists.changed_locally', subjectId: templateId, locationId, after: changes })
  await renewForms(tx, templateId, locationId)
  await changedNow(tx, templateId)
  return (await readLocalChanges(tx, templateId, locationId)) ?? notFound()
}

function demandOpen({ sections }: TemplateContent, changes: LocalChanges) {
  const items = new Map(sections.flatMap((section) => section.items.map((item) => [item.id, item])))
  const errors = Object.entries(changes).flatMap(([id, change]) => closedTo(items.get(id), id, change))
  if (errors.length === 0) return
  refuse('invalid', 'checklists.not_open_to_change', {
    detail: 'The template does not let locations change this.',
    errors,
  })
}

const CLOSED = 'checklists.not_open_to_change'

function closedTo(item: Item | undefined, id: string, change: LocalChanges[string]): FieldError[] {
  if (!item) return [{ path: `body.changes.${id}`, code: CLOSED, message: 'The version in use has no such item.' }]
  return Object.keys(change)
    .filter((field) => !item.local.includes(field === 'min' || field === 'max' ? 'limit' : (field as 'label')))
    .map((field) => ({
      path: `body.changes.${id}.${field}`,
      code: CLOSED,
      message: `“${item.label}” is the same everywhere in this.`,
    }))
}
