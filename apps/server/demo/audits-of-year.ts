import type { ChecklistForm, UnitHere } from '@opsflow/capabilities/checklists'
import { formsFor, type LibraryTemplates, readForms } from '@opsflow/capabilities/checklists/server'
import type { Database } from '@opsflow/platform/server/tenant'
import { auditYear } from './audit-year.ts'
import type { Opened } from './found-chain.ts'
import type { Equipped } from './readings-history.ts'
import type { Span } from './sensor-history.ts'
import type { Pool } from './store.ts'
import { retireFindings, storeAuditYear } from './store-audit-year.ts'

/** A year of audits at a location, made in memory and stored at once; answers how many there were. */
export async function fillAuditYear(
  app: Database,
  relay: Pool,
  location: Opened,
  templates: LibraryTemplates,
  units: readonly Equipped[],
  span: Span,
): Promise<number> {
  const audits = new Map([...templates].filter(([key]) => key.startsWith('audit.')).map(([key, id]) => [id, key]))
  const here: UnitHere[] = units.map(({ unitId, plan }) => ({ id: unitId, name: plan.name, kind: plan.simulated.kind }))
  const kept = await app.write(location.system, async (tx) => {
    const ids = await formsFor(
      tx,
      [...audits.keys()].map((templateId) => ({ locationId: location.id, templateId })),
    )
    const read = await readForms(
      tx,
      ids.map(({ id }) => id),
    )
    const forms = new Map(read.map((form): [string, ChecklistForm] => [audits.get(form.templateId) ?? '', form]))
    const year = auditYear(location, forms, here, span)
    await storeAuditYear(tx, year)
    return year.audits.length
  })
  await retireFindings(app, relay, location.system, location.id, span.to)
  return kept
}
