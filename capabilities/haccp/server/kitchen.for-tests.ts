import { randomUUID } from 'node:crypto'
import type { Actor } from '@opsflow/platform/actor'
import { emptyFolder } from '@opsflow/platform/server/files/folder.for-tests'
import { folderStorage } from '@opsflow/platform/server/files/folder-storage'
import { type Ask, serveForTests } from '@opsflow/platform/server/http/serve.for-tests'
import { testDatabase } from '@opsflow/platform/server/postgres/for-tests'
import { foundTenant, hire } from '@opsflow/platform/server/postgres/tenant.for-tests'
import { openDatabase, openPool } from '@opsflow/platform/server/tenant'
import { haccpPermissions } from '../permissions.ts'
import { haccpImplementations } from './index.ts'

export type Kitchen = Awaited<ReturnType<typeof openKitchen>>

/** Two locations of a customer with a cooler, a hot well and a daily checklist in the first, and another customer beside it. */
export async function openKitchen() {
  const testDb = await testDatabase()
  const database = openDatabase({ url: testDb.urls.app, contextKey: testDb.contextKey, poolSize: 4, prepared: true })
  const admin = openPool(testDb.admin, 1)
  const relay = openPool(testDb.urls.relay, 2)
  const [home, away] = [await foundTenant(database, 'Home'), await foundTenant(database, 'Away')]
  const [downtown, airport] = home.locations
  const everything = Object.keys(haccpPermissions)
  const actors = {
    manager: await hire(database, home, 'Mona', everything, new Set([downtown])),
    chef: await hire(database, home, 'Ann', everything, 'all'),
    reader: await hire(database, home, 'Rita', ['haccp.read'], new Set([downtown])),
    cook: await hire(database, home, 'Carl', ['tasks.read'], new Set([downtown])),
    pilot: await hire(database, home, 'Paul', everything, new Set([airport])),
    stranger: await hire(database, away, 'Fay', everything, 'all'),
  } satisfies Record<string, Actor>
  const { tenantId, organizationId } = home
  const rows = async <Row extends object>(sql: string, params: unknown[] = []) =>
    (await admin.query<Row>(sql, params)).rows

  const unit = async (name: string, kind: string, locationId = downtown) => {
    const id = randomUUID()
    await rows(
      `insert into units (tenant_id, id, location_id, name, kind, created_at) values ($1, $2, $3, $4, $5, '2026-01-01')`,
      [tenantId, id, locationId, name, kind],
    )
    return id
  }
  const ids = {
    ...{ cooler: await unit('Walk-in', 'walk_in_cooler'), well: await unit('Soup well', 'hot_hold') },
    ...{ template: randomUUID(), form: randomUUID(), schedule: randomUUID(), warm: randomUUID(), clean: randomUUID() },
  }
  const item = (id: string, label: string) => ({ id, label, kind: 'pass_fail' })
  const items = [item(ids.warm, 'Soup is hot'), item(ids.clean, 'Counter is clean')]
  const content = { sections: [{ id: randomUUID(), title: 'Line', items }] }
  await rows(
    `insert into checklist_templates (tenant_id, id, organization_id, name, category, draft, published_version, library_key)
     values ($1, $2, $3, 'Line check', 'line_check', $4, 1, 'opening.cafe')`,
    [tenantId, ids.template, organizationId, JSON.stringify(content)],
  )
  await rows(
    `insert into checklist_template_versions (tenant_id, template_id, version, name, category, content)
     values ($1, $2, 1, 'Line check', 'line_check', $3)`,
    [tenantId, ids.template, JSON.stringify(content)],
  )
  await rows(
    `insert into checklist_forms (tenant_id, id, location_id, template_id, version) values ($1, $2, $3, $4, 1)`,
    [...[tenantId, ids.form, downtown, ids.template]],
  )
  await rows(
    `insert into checklist_schedules (tenant_id, id, organization_id, template_id, name, timing, target) values ($1, $2, $3, $4, 'Line', '{}', '{}')`,
    [tenantId, ids.schedule, organizationId, ids.template],
  )

  /** One of the schedule, due at eleven in the morning of a day there. */
  const list = async (day: string, status: 'completed' | 'missed' | 'empty', doneAt = '16:30Z') => {
    const id = randomUUID()
    const completedAt = status === 'missed' ? null : `${day}T${doneAt}`
    await rows(
      `insert into checklists (tenant_id, id, location_id, form_id, schedule_id, slot, day, status, visible_at, due_at, late_at, missed_at, completed_at)
       values ($1, $2, $3, $4, $5, $6 || 'T11:00', $6::date, $7, $6::date + time '15:00', $6::date + time '17:00', $6::date + time '17:30', $6::date + time '19:00', $8)`,
      [tenantId, id, downtown, ids.form, ids.schedule, day, status, completedAt],
    )
    return id
  }
  const answer = async (
    checklistId: string,
    itemId: string,
    outcome: 'pass' | 'fail' | 'not_applicable',
    at: string,
  ) => {
    const id = randomUUID()
    await rows(
      `insert into checklist_answers (tenant_id, id, location_id, checklist_id, item_id, value, outcome, note, answered_at, time_quality)
       values ($1, $2, $3, $4, $5, $6, $7, 'Lid was off', $8, 'exact')`,
      [
        tenantId,
        id,
        downtown,
        checklistId,
        itemId,
        JSON.stringify({ kind: 'pass_fail', passes: outcome === 'pass' }),
        outcome,
        at,
      ],
    )
    return id
  }
  /** The hours of a unit in which it was read, by UTC. */
  const readHours = (unitId: string, day: string, hours: readonly number[]) =>
    rows(
      `insert into temperature_hours (tenant_id, id, location_id, unit_id, hour, readings, compliant, judged, min_milli_c, max_milli_c, sum_milli_c)
       select $1, $2, $3, $2, $4::date + make_interval(hours => h), 4, 4, 4, 2000, 3000, 10000 from unnest($5::int[]) h`,
      [tenantId, unitId, downtown, day, hours],
    )

  const { ask, close } = await serveForTests(haccpImplementations({ storage: folderStorage(emptyFolder()) }), database)
  return {
    ...{
      actors,
      ids,
      downtown,
      airport,
      tenantId,
      database,
      relay,
      rows,
      urls: testDb.urls,
      unit,
      list,
      answer,
      readHours,
    },
    ask: ask as Ask,
    async close() {
      await close()
      await Promise.all([database.close(), admin.end(), relay.end()])
      await testDb.drop()
    },
  }
}
