import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import type { LocalChanges } from '../../form.ts'
import type { LocalChangesRecord } from '../../template-records.ts'

type Row = Omit<LocalChangesRecord, 'changedBy'> & { byId: string | null; byName: string }

const READ = `
  select l.template_id as "templateId", l.location_id as "locationId", l.changes, l.revision,
         l.changed_at as "changedAt", l.changed_by as "byId", m.name as "byName"
    from checklist_local_changes l left join members m on m.tenant_id = l.tenant_id and m.id = l.changed_by
   where l.tenant_id = (select app.tenant()) and l.template_id = $1 and l.location_id = $2`

export async function readLocalChanges(
  tx: ReadTx,
  templateId: string,
  locationId: string,
): Promise<LocalChangesRecord | undefined> {
  const rows = await tx.query<Row>(READ, [templateId, locationId])
  return rows.map(({ byId, byName, ...row }) => ({
    ...row,
    changedBy: byId === null ? null : { id: byId, name: byName },
  }))[0]
}

/** False: they are not at that revision any more. 0 is the revision of what was never changed. */
export async function storeLocalChanges(
  tx: Tx,
  place: { templateId: string; locationId: string },
  revision: number,
  changes: LocalChanges,
): Promise<boolean> {
  const params = [place.templateId, place.locationId, JSON.stringify(changes), actorId(tx)]
  const stored =
    revision === 0
      ? await tx.query(
          `insert into checklist_local_changes (template_id, location_id, changes, changed_by)
           values ($1, $2, $3, $4) on conflict (tenant_id, template_id, location_id) do nothing returning 1`,
          params,
        )
      : await tx.query(
          `update checklist_local_changes set changes = $3, changed_by = $4, changed_at = now(), revision = revision + 1
            where tenant_id = (select app.tenant()) and template_id = $1 and location_id = $2 and revision = $5
            returning 1`,
          [...params, revision],
        )
  return stored.length > 0
}

const actorId = ({ actor }: Tx) => (actor.kind === 'member' ? actor.id : null)

/** Whether there is such a location in the caller's organization, and theirs to see. */
export async function hasLocation(tx: ReadTx, locationId: string): Promise<boolean> {
  const rows = await tx.query(
    `select 1 from locations where tenant_id = (select app.tenant()) and organization_id = $1 and id = $2`,
    [tx.actor.organizationId, locationId],
  )
  return rows.length > 0
}
