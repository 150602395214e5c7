import type { ReadTx } from '@opsflow/platform/server/tenant'
import type { Place } from '../process-deeds.ts'

/** The rules and the clock of a location. */
export async function placeOf(tx: ReadTx, id: string): Promise<Place | undefined> {
  const [place] = await tx.query<Place>(`${PLACE} and id = $2`, [tx.actor.organizationId, id])
  return place
}

/** Of one that is open: nothing begins at the others. */
export async function openPlace(tx: ReadTx, id: string): Promise<Place | undefined> {
  const [place] = await tx.query<Place>(`${PLACE} and id = $2 and closed_at is null`, [tx.actor.organizationId, id])
  return place
}

const PLACE = `
  select jurisdiction, rule_edition as "ruleEdition", timezone from locations
   where tenant_id = (select app.tenant()) and organization_id = $1`

export async function locationNames(tx: ReadTx): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.query<{ id: string; name: string }>(
    'select id, name from locations where tenant_id = (select app.tenant())',
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}
