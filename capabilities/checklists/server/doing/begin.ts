import { justNow } from '@opsflow/platform/moment'
import { notFound, refuse } from '@opsflow/platform/refusal'
import type { Tx } from '@opsflow/platform/server/tenant'
import { businessDayOf } from '../../business-day.ts'
import type { Checklist } from '../../checklist.ts'
import { formFor } from '../templates/forms.ts'
import { readForms } from '../templates/store-forms.ts'
import { requireAt } from './stands.ts'
import { insertChecklist, readChecklist, readPlace } from './store.ts'

/** One begun by hand, of the business day at its location. Saying it twice begins one. */
export async function beginChecklist(
  tx: Tx,
  { id, formId }: { id: string; formId: string },
  when = justNow(),
): Promise<Checklist> {
  const [form] = await readForms(tx, [formId])
  if (!form) return notFound()
  const { locationId } = form
  requireAt(tx, 'checklists.do', locationId)
  const place = (await readPlace(tx, locationId)) ?? notFound()
  const isNew = await insertChecklist(tx, {
    id,
    locationId,
    formId,
    day: businessDayOf(Date.parse(when.at), place),
    at: when.at,
  })
  const begun = await readChecklist(tx, id)
  if (begun && (isNew || begun.formId === formId)) return begun
  return refuse('conflict', 'checklists.id_taken', { detail: 'Another checklist has this id.' })
}

/** By the version in use there, with that location's own changes. */
export async function beginOfTemplate(
  tx: Tx,
  given: { id: string; templateId: string; locationId: string },
): Promise<Checklist> {
  if (!(await readPlace(tx, given.locationId))) notFound()
  requireAt(tx, 'checklists.do', given.locationId)
  const form = (await formFor(tx, given.locationId, given.templateId)) ?? notFound()
  return beginChecklist(tx, { id: given.id, formId: form.id })
}
