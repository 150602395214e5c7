import type { ReadTx } from '@opsflow/platform/server/tenant'

/** Where it is, as it stands at the head of a report, and which business day it is there. */
export type ReportPlace = {
  id: string
  name: string
  address: string
  organizationName: string
  /** The organization’s own colour. */
  brand: string | null
  timezone: string
  temperatureUnit: 'F' | 'C'
  today: string
  /** The instants between which the days lie. */
  starts: string
  ends: string
}

/** `from` and `to` are business days there. */
export const placeOf = async (
  tx: ReadTx,
  { locationId, from, to }: { locationId: string; from: string; to: string },
): Promise<ReportPlace | undefined> =>
  (
    await tx.query<ReportPlace>(
      `select l.id, l.name, l.address, o.name as "organizationName", o.brand, l.timezone, l.temperature_unit as "temperatureUnit",
              to_char((now() at time zone l.timezone) - l.day_starts_at, 'YYYY-MM-DD') as today,
              ($2::date + l.day_starts_at) at time zone l.timezone as starts, ($3::date + 1 + l.day_starts_at) at time zone l.timezone as ends
         from locations l join organizations o on o.tenant_id = l.tenant_id and o.id = l.organization_id
        where l.tenant_id = (select app.tenant()) and l.id = $1`,
      [locationId, from, to],
    )
  )[0]

export const isPlace = async (tx: ReadTx, locationId: string): Promise<boolean> =>
  (await tx.query('select from locations where tenant_id = (select app.tenant()) and id = $1', [locationId])).length > 0
