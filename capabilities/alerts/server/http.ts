import { can } from '@opsflow/platform/actor'
import { notFound } from '@opsflow/platform/refusal'
import { cursorKeys, isText, isUuid, pageOf } from '@opsflow/platform/server/http/cursor'
import { type Implementation, implement } from '@opsflow/platform/server/http/implement'
import type { Signatures } from '@opsflow/platform/server/signatures'
import { uuid7 } from '@opsflow/platform/server/uuid7'
import type { Matter } from '../matter.ts'
import { alertRoutes } from '../routes.ts'
import { acknowledgeMatter, closeMatter, noteOnMatter, seeMatter } from './answer-matter.ts'
import { changePolicy, previewPolicy, takeBackPolicy } from './change-policy.ts'
import { dutyCandidates, endDuty, giveDuty, takeDuty, undoDuty } from './duty.ts'
import { ownPreferences, savePreferences } from './preferences.ts'
import { listMatters, readMatter } from './store.ts'
import { dutiesAt, dutiesByIds, openPlace } from './store-duties.ts'
import { standingPolicies } from './store-policies.ts'

/** On a shared tablet, what changes who is told is signed with the PIN. */
export const alertImplementations = ({ signatures }: { signatures: Signatures }): Implementation[] =>
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
    'POST /matters/{id}/closure': async ({ actor, params, body: { signature, ...said }, write }) => {
      await signatures.demand(actor, signature)
      return write((tx) => closeMatter(tx, params.id, { id: uuid7(), ...said }))
    },
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
    'GET /duty-candidates': ({ query, read }) =>
      read(async (tx) => ({ items: await dutyCandidates(tx, query.locationId) })),
    'POST /duties': async ({ actor, body: { memberId, signature, ...taking }, write }) => {
      await signatures.demand(actor, signature)
      const duty = { id: uuid7(), ...taking }
      return write((tx) => (memberId === undefined ? takeDuty(tx, duty) : giveDuty(tx, { ...duty, memberId })))
    },
    'POST /duties/{id}/end': async ({ actor, params, write }) => {
      await signatures.demand(actor, undefined)
      return write((tx) => endDuty(tx, params.id))
    },
    'POST /duties/{id}/undo': ({ params, body, write }) => write((tx) => undoDuty(tx, params.id, body.undoes)),
    'GET /alert-policies': ({ read }) => read(async (tx) => ({ items: await standingPolicies(tx) })),
    'PUT /alert-policies': ({ body, write }) => write((tx) => changePolicy(tx, body)),
    'DELETE /alert-policies/{id}': ({ params, write }) => write((tx) => takeBackPolicy(tx, params.id)),
    'POST /alert-policies/previews': ({ body, read }) => read((tx) => previewPolicy(tx, body)),
    'GET /notice-preferences': ({ read }) => read(ownPreferences),
    'PUT /notice-preferences': ({ body, write }) => write((tx) => savePreferences(tx, body)),
  })

const NOBODY = '00000000-0000-0000-0000-000000000000'
const isInstant = (key: unknown) => isText(key) && !Number.isNaN(Date.parse(String(key)))
