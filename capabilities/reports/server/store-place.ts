import type { ReadTx } from '@opsflow/platform/server/tenant'

/** Where it is, as it stands at the head of a report, and which business day it is there. */
export type ReportPlace = {
  id: string
  name: string
  address: string
  organizationName: string
  timezone: string
  temperatureUnit: 'F' | 'C'
  today: string
}

export const placeOf = async (tx: ReadTx, locationId: string): Promise<ReportPlace | undefined> =>
  (
    await tx.query<ReportPlace>(
      `select l.id, l.name, l.address, o.name as "organizationName", l.timezone, l.temperature_unit as "temperatureUnit",
              to_char((now() at time zone l.timezone) - l.day_starts_at, 'YYYY-MM-DD') as today
         from locations l join organizations o on o.tenant_id = l.tenant_id and o.id = l.organization_id
        where l.tenant_id = (select app.tenant()) and l.id = $1`,
      [locationId],
    )
  )[0]
