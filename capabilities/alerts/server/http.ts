import { can } from '@opsflow/platform/actor'
import { notFound } from '@opsflow/platform/refusal'
import { cursorKeys, isText, isUuid, pageOf } from '@opsflow/platform/server/http/cursor'
import { type Implementation, implement } from '@opsflow/platform/server/http/implement'
import { uuid7 } from '@opsflow/platform/server/uuid7'
import type { Matter } from '../matter.ts'
import { alertRoutes } from '../routes.ts'
import { acknowledgeMatter, closeMatter, noteOnMatter, seeMatter } from './answer-matter.ts'
import { changePolicy, previewPolicy, takeBackPolicy } from './change-policy.ts'
import { endDuty, takeDuty } from './duty.ts'
import { ownPreferences, savePreferences } from './preferences.ts'
import { listMatters, readMatter } from './store.ts'
import { dutiesAt, dutiesByIds, openPlace } from './store-duties.ts'
import { standingPolicies } from './store-policies.ts'

export const alertImplementations = (): Implementation[] =>
  implement(alertRoutes, {
    'GET /matters': async ({ actor, query, readOne }) => {
      const { locationId, kind, state, mine, limit } = query
      const after = cursorKeys(query.cursor, isInstant, isUuid) ?? undefined
      const toldTo = mine === 'true' ? (actor.kind === 'member' ? actor.id : NOBODY) : undefined
      const rows = await readOne<Matter>(listMatters(actor, { locationId, kind, state, toldTo, after }, limit))
      const page = pageOf(rows, limit, (last) => [last.openedAt, last.id])
      return { ...page, items: page.items.filter((matter) => can(actor, 'alerts.read', matter.locationId)) }
    },
    'GET /matters/{id}': ({ actor, params, read }) =>
      read(async (tx) => {
        const matter = (await readMatter(tx, params.id)) ?? notFound()
        return can(actor, 'alerts.read', matter.locationId) ? matter : notFound()
      }),
    'POST /matters/{id}/acknowledgements': ({ params, body, write }) =>
      write((tx) => acknowledgeMatter(tx, params.id, { id: uuid7(), ...body })),
    'POST /matters/{id}/notes': ({ params, body, write }) =>
      write((tx) => noteOnMatter(tx, params.id, { id: uuid7(), ...body })),
    'POST /matters/{id}/sightings': ({ params, write }) => write((tx) => seeMatter(tx, params.id)),
    'POST /matters/{id}/closure': ({ params, body, write }) =>
      write((tx) => closeMatter(tx, params.id, { id: uuid7(), ...body })),
    'GET /duties': ({ actor, query, read }) =>
      read(async (tx) => {
        const isSeen = can(actor, 'alerts.read', query.locationId) && (await openPlace(tx, query.locationId))
        return { items: isSeen ? await dutiesAt(tx, query.locationId) : notFound() }
      }),
    'GET /duties/{id}': ({ actor, params, read }) =>
      read(async (tx) => {
        const [duty] = await dutiesByIds(tx, [params.id])
        return duty && can(actor, 'alerts.read', duty.locationId) ? duty : notFound()
      }),
    'POST /duties': ({ body, write }) => write((tx) => takeDuty(tx, { id: uuid7(), ...body })),
    'POST /duties/{id}/end': ({ params, write }) => write((tx) => endDuty(tx, params.id)),
    'GET /alert-policies': ({ read }) => read(async (tx) => ({ items: await standingPolicies(tx) })),
    'PUT /alert-policies': ({ body, write }) => write((tx) => changePolicy(tx, body)),
    'DELETE /alert-policies/{id}': ({ params, write }) => write((tx) => takeBackPolicy(tx, params.id)),
    'POST /alert-policies/previews': ({ body, read }) => read((tx) => previewPolicy(tx, body)),
    'GET /notice-preferences': ({ read }) => read(ownPreferences),
    'PUT /notice-preferences': ({ body, write }) => write((tx) => savePreferences(tx, body)),
  })

const NOBODY = '00000000-0000-0000-0000-000000000000'
const isInstant = (key: unknown) => isText(key) && !Number.isNaN(Date.parse(String(key)))
