import { randomUUID } from 'node:crypto'
import { rolePermissions } from '@opsflow/capabilities/people'
import { type Actor, type Reach, systemActor } from '@opsflow/platform/actor'
import { serveForTests } from '@opsflow/platform/server/http/serve.for-tests'
import { testDatabase } from '@opsflow/platform/server/postgres/for-tests'
import { foundTenant, hire, type TestTenant } from '@opsflow/platform/server/postgres/tenant.for-tests'
import { mutatorRunner } from '@opsflow/platform/server/sync/run.for-tests'
import { openDatabase, openPool } from '@opsflow/platform/server/tenant'
import { WAYS } from '../words.ts'
import { alertImplementations, alertServerMutators, deliverNotices, lookAfterMatters, type WayOut } from './index.ts'

/** Two tenants with people on every step, and subjects that become matters. What tests of alerts stand on. */
export async function openStaff() {
  const test = await testDatabase()
  const database = openDatabase({ url: test.urls.app, contextKey: test.contextKey, poolSize: 8, prepared: true })
  const relayPool = openPool(test.urls.relay, 2)
  const admin = openPool(test.admin, 2)
  const home = await foundTenant(database, 'Home')
  const away = await foundTenant(database, 'Away')
  const [downtown, airport] = home.locations
  const api = await serveForTests(alertImplementations({ signatures: { demand: async () => undefined } }), database)
  const write = <T>(work: Parameters<typeof database.write<T>>[1], tenant: TestTenant = home) =>
    database.write(systemActor(tenant.tenantId, tenant.organizationId, 'test'), work)
  const one = async (sql: string, params: unknown[], tenant = home) =>
    write(async (tx) => (await tx.query<{ id: string }>(sql, params))[0]?.id ?? '', tenant)

  const districtId = await one(
    `insert into location_groups (organization_id, name) values ($1, 'North') returning id`,
    [home.organizationId],
  )
  await write((tx) => tx.query('update locations set group_id = $1 where id = $2', [districtId, downtown]))

  type Node = { location?: string; group?: string }
  async function person(
    name: string,
    role: keyof typeof rolePermissions,
    at: Node = {},
    tenant = home,
  ): Promise<Actor> {
    const reach: Reach = at.location ? new Set([at.location]) : at.group ? new Set([downtown]) : 'all'
    const actor = await hire(database, tenant, name, rolePermissions[role], reach)
    await write(async (tx) => {
      await tx.query('insert into role_grants (member_id, role, location_id, group_id) values ($1, $2, $3, $4)', [
        actor.id,
        role,
        at.location ?? null,
        at.group ?? null,
      ])
      await tx.query('update members set email = $2 where id = $1', [
        actor.id,
        `${name.toLowerCase()}@${tenant === home ? 'home' : 'away'}.example`,
      ])
    }, tenant)
    return actor
  }

  /** A checklist of that name, late since then. */
  async function checklist(
    name: string,
    lateAt: number,
    { at = downtown, tenant = home, missedAt = lateAt + 4 * 3_600_000 } = {},
  ) {
    const content = JSON.stringify({ sections: [] })
    const templateId = await one(
      `insert into checklist_templates (organization_id, name, category, draft, published_version) values ($1, $2, 'opening', $3, 1) returning id`,
      [tenant.organizationId, `${name} ${randomUUID()}`, content],
      tenant,
    )
    await one(
      `insert into checklist_template_versions (template_id, version, name, category, content) values ($1, 1, $2, 'opening', $3) returning id`,
      [templateId, name, content],
      tenant,
    )
    const formId = await one(
      'insert into checklist_forms (location_id, template_id, version) values ($1, $2, 1) returning id',
      [at, templateId],
      tenant,
    )
    const iso = (instant: number) => new Date(instant).toISOString()
    return one(
      `insert into checklists (location_id, form_id, day, visible_at, due_at, late_at, missed_at)
       values ($1, $2, '2026-11-27', $3, $4, $4, $5) returning id`,
      [at, formId, iso(lateAt - 3_600_000), iso(lateAt), iso(missedAt)],
      tenant,
    )
  }
  const completed = (id: string, at: number, by: Actor) =>
    write((tx) =>
      tx.query(
        `update checklists set status = 'completed', completed_at = $2, completed_by = $3, received_at = now(), time_quality = 'exact' where id = $1`,
        [id, new Date(at).toISOString(), by.id],
      ),
    )

  return {
    ...{
      test,
      database,
      relayPool,
      admin,
      home,
      away,
      downtown,
      airport,
      districtId,
      write,
      one,
      person,
      checklist,
      completed,
    },
    ask: api.ask,
    send: mutatorRunner(database, alertServerMutators),
    /** What the job does at that moment. */
    look: (now: number) => lookAfterMatters({ database, relayPool, waysOn: new Set(WAYS) }, now),
    /** What leaves the product at that moment. */
    deliver: (ways: readonly WayOut[], now: number) => deliverNotices({ database, relayPool, ways }, now),
    rows: async <Row>(sql: string, params: unknown[] = []) => (await admin.query(sql, params)).rows as Row[],
    async close() {
      await api.close()
      await Promise.all([database.close(), relayPool.end(), admin.end()])
      await test.drop()
    },
  }
}
export type Staff = Awaited<ReturnType<typeof openStaff>>
