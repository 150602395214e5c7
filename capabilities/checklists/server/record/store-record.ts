import type { ReadTx } from '@opsflow/platform/server/tenant'

export const whereOf = async (tx: ReadTx, locationId: string) =>
  (
    await tx.query<{ organizationName: string; brand: string | null; name: string; timezone: string }>(
      `select o.name as "organizationName", o.brand, l.name, l.timezone
         from locations l join organizations o on o.tenant_id = l.tenant_id and o.id = l.organization_id
        where l.tenant_id = (select app.tenant()) and l.id = $1`,
      [locationId],
    )
  )[0]
