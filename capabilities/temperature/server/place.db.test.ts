import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Kitchen, openKitchen } from './kitchen.for-tests.ts'

let kitchen: Kitchen
let unit: { unitId: string; sensorId: string }
beforeAll(async () => {
  kitchen = await openKitchen()
  unit = await kitchen.unit()
})
afterAll(() => kitchen.close())

/** The chief may write at both locations: row-level security has nothing against it. */
const insert = (sql: string, locationId: string) =>
  kitchen.write(kitchen.chief, (tx) => tx.query(`insert into ${sql}`, [unit.unitId, locationId]))

const ROWS = {
  temperature_logs: `temperature_logs (unit_id, location_id, measured_at, source, value_text, value_unit, value_milli)
                     values ($1, $2, now(), 'sensor', '3', 'C', 3000)`,
  temperature_hours: `temperature_hours (id, unit_id, location_id, hour, readings, compliant, judged, min_milli_c, max_milli_c, sum_milli_c)
                      values ($1, $1, $2, date_trunc('hour', now()), 1, 1, 1, 1, 1, 1)`,
  excursions: `excursions (unit_id, location_id, side, started_at) values ($1, $2, 'above', now())`,
  alarms: `alarms (unit_id, location_id, kind, raised_at) values ($1, $2, 'limit', now())`,
  unit_policies: `unit_policies (unit_id, location_id, starts_at, policy) values ($1, $2, now(), '{}')`,
  sensors: `sensors (unit_id, location_id, name) values ($1, $2, 'probe')`,
  imports: `imports (unit_id, location_id, file_name, content_sha256, columns, rows_total)
            values ($1, $2, 'a.csv', sha256('a'), '{}', 1)`,
}

test.each(Object.entries(ROWS))('%s of a unit lie where the unit lies', async (_, sql) => {
  await expect(insert(sql, kitchen.airport)).rejects.toMatchObject({ code: '23503' })
  await insert(sql, kitchen.downtown)
})

test('what the board shows of a unit and what is known of a sensor cannot move without it', async () => {
  for (const [table, id] of [
    ['unit_states', unit.unitId],
    ['sensor_states', unit.sensorId],
  ]) {
    const moved = kitchen.write(kitchen.chief, (tx) =>
      tx.query(`update ${table} set location_id = $2 where id = $1`, [id, kitchen.airport]),
    )
    await expect(moved).rejects.toMatchObject({ code: '23503' })
  }
})

test('every table that names a unit and a location ties the two together', async () => {
  const loose = await kitchen.rows<{ name: string }>(
    `select c.relname::text as name from pg_class c
      where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'public'::regnamespace
        and (select count(*) from pg_attribute a where a.attrelid = c.oid and a.attname in ('unit_id', 'location_id')) = 2
        and not exists (
          select from pg_constraint k
           where k.conrelid = c.oid and k.contype = 'f' and k.confrelid = 'units'::regclass and k.convalidated
             and array(select a.attname::text from unnest(k.conkey) n join pg_attribute a on a.attrelid = c.oid and a.attnum = n order by 1)
                 = array['location_id', 'tenant_id', 'unit_id'])`,
  )
  expect(loose).toEqual([])
})

test('a migration that validates sees the rows of every tenant and partition', async () => {
  const { unitId } = await kitchen.unit()
  await kitchen.rows('alter table temperature_logs drop constraint temperature_logs_place')
  await kitchen.rows(
    `insert into temperature_logs (tenant_id, unit_id, location_id, measured_at, source, value_text, value_unit, value_milli)
     values ($1, $2, $3, now(), 'sensor', '3', 'C', 3000)`,
    [kitchen.tenantId, unitId, kitchen.airport],
  )
  await asOwner(`alter table temperature_logs add constraint temperature_logs_place
    foreign key (tenant_id, unit_id, location_id) references units (tenant_id, id, location_id) not valid`)
  await expect(asOwner(`select app.validate('temperature_logs', 'temperature_logs_place')`)).rejects.toMatchObject({
    code: '23503',
  })
  await kitchen.rows('delete from temperature_logs where unit_id = $1', [unitId])
  await asOwner(`select app.validate('temperature_logs', 'temperature_logs_place')`)
  const [open] = await kitchen.rows<{ n: number }>(
    `select count(*)::int as n from pg_class where relrowsecurity and not relforcerowsecurity`,
  )
  expect(open?.n).toBe(0)
})

async function asOwner(sql: string) {
  const client = await kitchen.admin.connect()
  try {
    await client.query('set role opsflow_owner')
    await client.query(sql)
  } finally {
    await client.query('reset role')
    client.release()
  }
}
