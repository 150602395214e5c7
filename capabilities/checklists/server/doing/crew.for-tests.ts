import { randomUUID } from 'node:crypto'
import { findingServerMutators } from '@opsflow/capabilities/findings/server'
import { rolePermissions } from '@opsflow/capabilities/people'
import { addUnit, monthsThrough } from '@opsflow/capabilities/temperature/server'
import { type Actor, systemActor } from '@opsflow/platform/actor'
import { serveForTests } from '@opsflow/platform/server/http/serve.for-tests'
import { testDatabase } from '@opsflow/platform/server/postgres/for-tests'
import { foundTenant, hire } from '@opsflow/platform/server/postgres/tenant.for-tests'
import { instantsAlike, mutatorRunner } from '@opsflow/platform/server/sync/run.for-tests'
import { openDatabase, openPool } from '@opsflow/platform/server/tenant'
import type { z } from 'zod'
import { TemplateContent } from '../../template.ts'
import { checklistImplementations, checklistServerMutators } from '../index.ts'

/** Two tenants with people in every role, and lists for them to do. What tests of doing stand on. */
export async function openCrew() {
  const test = await testDatabase()
  const database = openDatabase({ url: test.urls.app, contextKey: test.contextKey, poolSize: 8, prepared: true })
  const relay = openPool(test.urls.relay, 2)
  const admin = openPool(test.admin, 2)
  const months = monthsThrough((day) => relay.query('select app.ensure_month($1::date)', [day]))
  const home = await foundTenant(database, 'Home')
  const away = await foundTenant(database, 'Away')
  const [downtown, airport] = home.locations
  const person = (name: string, role: keyof typeof rolePermissions, at = downtown, tenant = home) =>
    hire(database, tenant, name, rolePermissions[role], new Set([at]))
  const signatures = { demand: async () => undefined }
  const api = await serveForTests(checklistImplementations({ months, signatures }), database)
  const system = systemActor(home.tenantId, home.organizationId, 'test')
  const write = <T>(work: Parameters<typeof database.write<T>>[1]) => database.write(system, work)

  /** A template in use at Downtown, as one form. */
  const form = (content: z.input<typeof TemplateContent>, name = `List ${randomUUID().slice(0, 8)}`) =>
    write(async (tx) => {
      const read = JSON.stringify(TemplateContent.parse(content))
      const one = async (sql: string, params: unknown[]) => (await tx.query<{ id: string }>(sql, params))[0]?.id ?? ''
      const templateId = await one(
        `insert into checklist_templates (organization_id, name, category, draft, published_version)
         values ($1, $2, 'line_check', $3, 1) returning id`,
        [home.organizationId, name, read],
      )
      await one(
        `insert into checklist_template_versions (template_id, version, name, category, content)
         values ($1, 1, $2, 'line_check', $3) returning id`,
        [templateId, name, read],
      )
      return one(`insert into checklist_forms (location_id, template_id, version) values ($1, $2, 1) returning id`, [
        downtown,
        templateId,
      ])
    })

  /** The next version of the same template, as one more form. */
  const nextForm = (formId: string, content: z.input<typeof TemplateContent>) =>
    write(async (tx) => {
      await tx.query(
        `insert into checklist_template_versions (template_id, version, name, category, content)
         select f.template_id, 2, v.name, v.category, $2 from checklist_forms f
           join checklist_template_versions v on v.template_id = f.template_id and v.version = f.version where f.id = $1`,
        [formId, JSON.stringify(TemplateContent.parse(content))],
      )
      const [made] = await tx.query<{ id: string }>(
        `insert into checklist_forms (location_id, template_id, version)
         select location_id, template_id, 2 from checklist_forms where id = $1 returning id`,
        [formId],
      )
      return made?.id ?? ''
    })

  type Times = Partial<Record<'visibleAt' | 'dueAt' | 'lateAt' | 'missedAt', string>> & { day?: string }
  /** One to be done, as a schedule makes it. */
  const list = (formId: string, { day, visibleAt, dueAt, lateAt, missedAt }: Times = {}) =>
    write(
      async (tx) =>
        (
          await tx.query<{ id: string }>(
            `insert into checklists (location_id, form_id, day, visible_at, due_at, late_at, missed_at, created_at)
             values ($1, $2, coalesce($3::date, current_date), coalesce($4::timestamptz, now() - interval '2 hours'), $5, $6, $7,
                     now() - interval '1 day')
             returning id`,
            [downtown, formId, day ?? null, visibleAt ?? null, dueAt ?? null, lateAt ?? null, missedAt ?? null],
          )
        )[0]?.id ?? '',
    )

  return {
    ...{ database, relay, admin, months, downtown, airport, home, form, nextForm, list, write, ask: api.ask },
    cook: await person('Carl', 'org:member'),
    porter: await person('Pia', 'org:member'),
    manager: await person('Mona', 'org:manager'),
    pilot: await person('Paul', 'org:manager', airport),
    stranger: await hire(database, away, 'Fay', rolePermissions['org:admin'], 'all'),
    send: mutatorRunner(database, [...checklistServerMutators(months), ...findingServerMutators]),
    unit: (name: string) =>
      write(async (tx) => {
        const createdAt = new Date('2022-01-01T00:00:00Z')
        return (await addUnit(tx, { locationId: downtown, name, kind: 'walk_in_cooler', createdAt })).id
      }),
    record: async (id: string, actor: Actor) => instantsAlike((await api.ask(actor, `GET /checklists/${id}`)).body),
    rows: async <Row>(sql: string, params: unknown[] = []) => (await admin.query(sql, params)).rows as Row[],
    async close() {
      await api.close()
      await Promise.all([database.close(), relay.end(), admin.end()])
      await test.drop()
    },
  }
}
export type Crew = Awaited<ReturnType<typeof openCrew>>
