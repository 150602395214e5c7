import type { GivenFinding } from '@opsflow/capabilities/audits'
import type { ReadTx } from '@opsflow/platform/server/tenant'

export type ExportedPlace = { id: string; name: string; code: string | null; address: string }

export const placesOfExport = async (tx: ReadTx): Promise<ReadonlyMap<string, ExportedPlace>> =>
  new Map(
    (
      await tx.query<ExportedPlace>(
        'select id, name, code, address from locations where tenant_id = (select app.tenant()) and organization_id = $1',
        [tx.actor.organizationId],
      )
    ).map((place) => [place.id, place]),
  )

/** By checklist: the form it was done by. */
export const formsOfChecklists = async (tx: ReadTx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> =>
  new Map(
    (
      await tx.query<{ id: string; formId: string }>(
        'select id, form_id as "formId" from checklists where tenant_id = (select app.tenant()) and id = any ($1::uuid[])',
        [ids],
      )
    ).map(({ id, formId }) => [id, formId]),
  )

export const unitsByIds = (tx: ReadTx, ids: readonly string[]) =>
  tx.query<{ id: string; name: string; kind: string }>(
    'select id, name, kind from units where tenant_id = (select app.tenant()) and id = any ($1::uuid[]) order by position, id',
    [ids],
  )

/** What audits done here found, as it was asked; its state stands in the list of findings. */
export async function findingsOfAudits(
  tx: ReadTx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, GivenFinding[]>> {
  const rows = await tx.query<{ auditId: string; severity: string; label: string; note: string | null }>(
    `select f.audit_id as "auditId", f.severity, f.label, a.note from findings f
       left join checklist_answers a on a.tenant_id = f.tenant_id and a.id = f.answer_id
      where f.tenant_id = (select app.tenant()) and f.audit_id = any ($1::uuid[]) and f.state <> 'withdrawn'
      order by f.audit_id, f.id`,
    [ids],
  )
  const found = new Map<string, GivenFinding[]>()
  for (const { auditId, severity, label, note } of rows) {
    const text = note ? `${label}: ${note}` : label
    const of = found.get(auditId) ?? []
    of.push({ code: severity, text, isCritical: severity === 'critical' })
    found.set(auditId, of)
  }
  return found
}
