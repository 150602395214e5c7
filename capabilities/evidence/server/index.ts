import { can } from '@opsflow/platform/actor'
import { giveOut } from '@opsflow/platform/server/files/give-out'
import { beginUpload, type FileParts, receive, uploadState } from '@opsflow/platform/server/files/receive'
import { offsetIn, promisedBy, speakTus, tellState } from '@opsflow/platform/server/files/tus'
import { type Implementation, implement } from '@opsflow/platform/server/http/implement'
import type { Evidence } from '../evidence.ts'
import { evidenceRoutes } from '../routes.ts'
import { giveUpPhoto } from './give-up-photo.ts'
import { bearerOf, bearerOfPhoto, type Devices, demandNamed } from './hand-over.ts'
import { evidenceArrived } from './name-evidence.ts'
import { replacePhoto } from './replace-photo.ts'
import { EVIDENCE_OF } from './store.ts'
import { waiveEvidence } from './waive-evidence.ts'

export { evidenceServerMutators } from './mutators.ts'
export { demandEvidence, nameEvidence } from './name-evidence.ts'
export { type PrintedPhoto, printed } from './printed.ts'
export { evidenceOf, type PhotoNamed, photosNamedBy } from './store.ts'
export { syncedEvidence } from './synced.ts'

/** Files as this capability keeps them: who may send one, and what follows when it has arrived. */
export const filesOfEvidence = (given: Omit<FileParts, 'permission' | 'onStored'>): FileParts => ({
  ...given,
  permission: 'evidence.add',
  onStored: evidenceArrived,
})

export const evidenceImplementations = (files: FileParts, devices: Devices): Implementation[] =>
  implement(evidenceRoutes, {
    'POST /files/handed-over': async ({ http }) => {
      speakTus(http)
      const promised = promisedBy(http.headers)
      const bearer = await bearerOf(devices, http.headers)
      await demandNamed(files.database, bearer, promised)
      const state = await files.database.write(bearer.actor, (tx) => beginUpload(tx, files, promised))
      tellState(http, state)
      http.setHeader('location', `/api/v1/files/handed-over/${state.id}`)
      return state
    },
    'GET /files/handed-over/{id}': async ({ params, http }) => {
      const actor = await bearerOfPhoto(devices, files.database, http.headers, params.id)
      const state = await uploadState(actor, files, params.id)
      tellState(http, state)
      http.setHeader('tus-resumable', '1.0.0')
      return state
    },
    'PATCH /files/handed-over/{id}': async ({ params, body, http }) => {
      speakTus(http)
      const actor = await bearerOfPhoto(devices, files.database, http.headers, params.id)
      tellState(http, await receive(actor, files, params.id, offsetIn(http.headers), body))
    },
    'POST /files/uploads': async ({ http, write }) => {
      speakTus(http)
      const promised = promisedBy(http.headers)
      const state = await write((tx) => beginUpload(tx, files, promised))
      tellState(http, state)
      http.setHeader('location', `/api/v1/files/uploads/${state.id}`)
      return state
    },
    'GET /files/uploads/{id}': async ({ actor, params, http }) => {
      const state = await uploadState(actor, files, params.id)
      tellState(http, state)
      http.setHeader('tus-resumable', '1.0.0')
      return state
    },
    'PATCH /files/uploads/{id}': async ({ actor, params, body, http }) => {
      speakTus(http)
      tellState(http, await receive(actor, files, params.id, offsetIn(http.headers), body))
    },
    'GET /files/{id}': ({ actor, params, query, http }) =>
      giveOut(actor, files, { id: params.id, variant: query.variant, permission: 'evidence.read' }, http.setHeader),
    'GET /evidence': async ({ actor, query, readOne }) => {
      const items = await readOne<Evidence>(EVIDENCE_OF, [query.ownerKind, query.ownerId])
      return { items: items.filter(({ locationId }) => can(actor, 'evidence.read', locationId)) }
    },
    'POST /files/{id}/abandonments': ({ params, body, write }) => write((tx) => giveUpPhoto(tx, params.id, body)),
    'POST /files/{id}/replacements': ({ params, body, write }) =>
      write(async (tx) => ({ items: await replacePhoto(tx, params.id, body) })),
    'POST /evidence/waivers': ({ body, write }) => write(async (tx) => ({ items: await waiveEvidence(tx, body) })),
  })
