import { implement } from '@opsflow/platform/server/http/implement'
import { noPreferences, type Preferences } from '../preferences.ts'
import { settingsRoutes } from '../settings-routes.ts'
import { changeOrganization } from './change-organization.ts'
import { PREFERENCES, upsertPreferences } from './store-settings.ts'

export const settingsApi = implement(settingsRoutes, {
  'GET /preferences': async ({ actor, readOne }) => {
    const [kept] = await readOne<Preferences>(PREFERENCES, [actor.tenantId, actor.id])
    return kept ?? noPreferences
  },
  'PATCH /preferences': ({ actor, body, write }) => write((tx) => upsertPreferences(tx, actor, body)),
  'PATCH /organizations/{id}': ({ actor, params: { id }, body, write }) =>
    write((tx) => changeOrganization(tx, actor, id, body)),
})
