import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import type { Calibration, NewProbe, Probe } from '../probe.ts'

const COLUMNS = `
  p.id, p.location_id as "locationId", p.name, p.serial, p.every_days as "everyDays", p.created_at as "createdAt",
  p.retired_at as "retiredAt",
  (select coalesce(jsonb_agg(c.one order by c.at desc), '[]') from (
     select x.calibrated_at as at, jsonb_build_object('id', x.id, 'at', x.calibrated_at, 'receivedAt', x.received_at,
              'timeQuality', x.time_quality, 'method', x.method, 'altitudeMetres', x.altitude_metres,
              'by', case when x.calibrated_by is not null then jsonb_build_object('id', x.calibrated_by, 'name', m.name) end,
              'kiosk', case when x.kiosk_id is not null then jsonb_build_object('id', x.kiosk_id, 'name', k.name) end,
              'value', jsonb_build_object('text', x.value_text, 'unit', x.value_unit, 'milli', x.value_milli),
              'expectedMilli', x.expected_milli, 'passed', x.passed, 'note', x.note) as one
       from probe_calibrations x
       left join members m on m.tenant_id = x.tenant_id and m.id = x.calibrated_by
       left join kiosks k on k.tenant_id = x.tenant_id and k.id = x.kiosk_id
      where x.tenant_id = p.tenant_id and x.probe_id = p.id
      order by x.calibrated_at desc limit 50) c) as calibrations`

const PROBES = `select ${COLUMNS} from probes p where p.tenant_id = (select app.tenant())`

export const readProbes = (tx: ReadTx, ids: readonly string[]) =>
  tx.query<Probe>(`${PROBES} and p.id = any ($1::uuid[])`, [ids])

export const readProbe = async (tx: ReadTx, id: string): Promise<Probe | undefined> => (await readProbes(tx, [id]))[0]

/** In use first, by name. */
export const probesAt = (tx: ReadTx, locationId: string) =>
  tx.query<Probe>(`${PROBES} and p.location_id = $1 order by p.retired_at is not null, p.name, p.id limit 500`, [
    locationId,
  ])

export async function lockProbe(tx: Tx, id: string): Promise<Probe | undefined> {
  await tx.query('select from probes where tenant_id = (select app.tenant()) and id = $1 for no key update', [id])
  return readProbe(tx, id)
}

/** Of these those that are out of use. */
export const retiredProbes = async (tx: ReadTx, ids: readonly string[]): Promise<string[]> =>
  (
    await tx.query<{ id: string }>(
      `select id from probes where tenant_id = (select app.tenant()) and id = any ($1::uuid[]) and retired_at is not null`,
      [ids],
    )
  ).map(({ id }) => id)

/** Its name is another's that is in use there. */
export async function isNameTaken(tx: ReadTx, locationId: string, name: string, id: string): Promise<boolean> {
  const rows = await tx.query(
    `select from probes where tenant_id = (select app.tenant()) and location_id = $1 and lower(name) = lower($2)
        and id <> $3 and retired_at is null`,
    [locationId, name, id],
  )
  return rows.length > 0
}

/** False when its id is taken. */
export async function insertProbe(tx: Tx, probe: Omit<NewProbe, 'id'> & { id: string }): Promise<boolean> {
  const rows = await tx.query(
    `insert into probes (id, location_id, name, serial, every_days) values ($1, $2, $3, $4, $5)
     on conflict do nothing returning id`,
    [probe.id, probe.locationId, probe.name, probe.serial, probe.everyDays],
  )
  return rows.length === 1
}

export const saveProbe = (tx: Tx, { id, name, serial, everyDays, retiredAt }: Probe) =>
  tx.query(
    `update probes set name = $2, serial = $3, every_days = $4, retired_at = $5
      where tenant_id = (select app.tenant()) and id = $1`,
    [id, name, serial, everyDays, retiredAt],
  )

/** False when its id is taken. */
export async function insertCalibration(tx: Tx, probe: Probe, made: Calibration): Promise<boolean> {
  const { value } = made
  const rows = await tx.query(
    `insert into probe_calibrations (id, location_id, probe_id, method, altitude_metres, value_text, value_unit, value_milli,
                                     expected_milli, passed, note, calibrated_at, calibrated_by, kiosk_id, received_at,
                                     time_quality)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
     on conflict do nothing returning id`,
    [
      ...[made.id, probe.locationId, probe.id, made.method, made.altitudeMetres, value.text, value.unit, value.milli],
      ...[made.expectedMilli, made.passed, made.note, made.at, made.by?.id ?? null, tx.actor.kioskId ?? null],
      ...[made.receivedAt, made.timeQuality],
    ],
  )
  return rows.length === 1
}
