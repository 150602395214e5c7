import type { Actor } from '@opsflow/platform/actor'
import type { Tx } from '@opsflow/platform/server/tenant'
import type { OrganizationChange, OrganizationSettings } from '../organization.ts'
import type { Preferences, PreferencesChange } from '../preferences.ts'

const COLUMNS = 'language, theme, density, temperature_unit as "temperatureUnit"'

export const PREFERENCES = `select ${COLUMNS} from member_preferences where tenant_id = $1 and member_id = $2`

/** What is not named stays as it is, also when two devices change something at once. */
export async function upsertPreferences(tx: Tx, { id }: Actor, change: PreferencesChange): Promise<Preferences> {
  const [kept] = await tx.query<Preferences>(
    `insert into member_preferences as p (member_id, language, theme, density, temperature_unit)
     values ($1, $2::jsonb ->> 'language', $2::jsonb ->> 'theme', $2::jsonb ->> 'density', $2::jsonb ->> 'temperatureUnit')
     on conflict (tenant_id, member_id) do update
        set language = case when $2::jsonb ? 'language' then excluded.language else p.language end,
            theme = case when $2::jsonb ? 'theme' then excluded.theme else p.theme end,
            density = case when $2::jsonb ? 'density' then excluded.density else p.density end,
            temperature_unit = case when $2::jsonb ? 'temperatureUnit' then excluded.temperature_unit
                                    else p.temperature_unit end,
            changed_at = now()
     returning ${COLUMNS}`,
    [id, JSON.stringify(change)],
  )
  return kept as Preferences
}

const ORGANIZATION = 'id, name, slug, brand'

export async function lockOrganization(tx: Tx, id: string): Promise<OrganizationSettings | undefined> {
  const sql = `select ${ORGANIZATION} from organizations where tenant_id = $1 and id = $2 for update`
  return (await tx.query<OrganizationSettings>(sql, [tx.actor.tenantId, id]))[0]
}

export async function updateOrganization(tx: Tx, id: string, { name, brand }: OrganizationChange) {
  const [changed] = await tx.query<OrganizationSettings>(
    `update organizations set name = coalesce($3, name), brand = case when $4 then $5 else brand end
      where tenant_id = $1 and id = $2 returning ${ORGANIZATION}`,
    [tx.actor.tenantId, id, name, brand !== undefined, brand],
  )
  return changed as OrganizationSettings
}
