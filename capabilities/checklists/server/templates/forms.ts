import type { Tx } from '@opsflow/platform/server/tenant'
import type { ChecklistForm } from '../../form.ts'
import { ensureForms, type FormId, type FormPlace, locationsWithOpen, readForms, repin } from './store-forms.ts'

/**
 * The form a template has at a location now: its version in use, with the location's own changes. Made when it is
 * first asked for. Undefined: the template was never published, or is archived.
 */
export async function formFor(tx: Tx, locationId: string, templateId: string): Promise<ChecklistForm | undefined> {
  const [form] = await ensureForms(tx, [{ locationId, templateId }])
  return form && (await readForms(tx, [form.id]))[0]
}

/** The same for many places in two statements, by id alone; those without a version in use are not in it. */
export function formsFor(tx: Tx, places: readonly FormPlace[]): Promise<FormId[]> {
  return places.length === 0 ? Promise.resolve([]) : ensureForms(tx, places)
}

/** A new version, or a location's own changes: they hold at once for every checklist that nobody has begun. */
export async function renewForms(tx: Tx, templateId: string, locationId: string | null = null): Promise<void> {
  const locations = await locationsWithOpen(tx, templateId, locationId)
  await repin(
    tx,
    await formsFor(
      tx,
      locations.map((location) => ({ locationId: location, templateId })),
    ),
  )
}
