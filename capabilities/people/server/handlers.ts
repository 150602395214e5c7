import type { Actor } from '@opsflow/platform/actor'
import { cursorKeys, isText, isUuid, pageOf } from '@opsflow/platform/server/http/cursor'
import { implement } from '@opsflow/platform/server/http/implement'
import { type ApiKey, type AuditEvent, type Device, peopleRoutes } from '../index.ts'
import { newKey } from './credentials.ts'
import type { Directory } from './directory.ts'
import { enrolDevice } from './enrol-device.ts'
import { memberHandlers, placesFor } from './http-members.ts'
import { roleHandlers } from './http-roles.ts'
import type { Identity } from './identity.ts'
import { makeApiKey } from './make-api-key.ts'
import type { People } from './open.ts'
import { revokeApiKey, revokeDevice } from './revoke-key.ts'
import { organizationsOf, sessionView } from './session-view.ts'
import { EVENTS } from './store-events.ts'
import { API_KEYS, DEVICES } from './store-keys.ts'
import { USER_OF_MEMBER } from './store-session.ts'

/** The same whoever signs people in. */
export type PeopleParts = Omit<People, 'identity'> & { identity: Identity }

export function peopleApi(parts: PeopleParts) {
  const { identity, directory, authenticator, digest } = parts

  return implement(peopleRoutes, {
    'GET /session': async ({ actor, readBatch, http }) => {
      const { cookies } = await identity.rotate(http.headers)
      if (cookies.length > 0) http.setHeader('set-cookie', cookies)
      return sessionView(actor, readBatch, directory)
    },
    'DELETE /session': async ({ http }) => {
      const { cookies } = await identity.signOut(http.headers)
      authenticator.forget(http.headers)
      http.setHeader('set-cookie', cookies)
      return undefined
    },

    'GET /organizations': async ({ actor, query: { limit, cursor }, readOne }) => {
      const [name, id] = cursorKeys(cursor, isText, isUuid) ?? []
      const choices = organizationsOf(await choicesOf(actor, readOne, directory))
      const rest = choices.filter((choice) => name === undefined || isAfter(choice, name, id))
      return pageOf(rest, limit, (last) => [last.name, last.id])
    },

    ...memberHandlers,
    ...roleHandlers,
    'GET /events': async ({ actor, query: { limit, cursor, actorId, subjectId, name, locationId }, readOne }) => {
      const [before] = cursorKeys(cursor, isUuid) ?? []
      const seen = placesFor(actor, 'events.read')
      const values = [actor.tenantId, actor.organizationId, seen, actorId, subjectId, name, locationId, before]
      return pageOf(await readOne<AuditEvent>(EVENTS, [...values, limit + 1]), limit, (last) => [last.id])
    },

    'GET /api-keys': async ({ actor, query: { limit, cursor }, readOne }) => {
      const [before] = cursorKeys(cursor, isUuid) ?? []
      const rows = await readOne<ApiKey>(API_KEYS, [actor.tenantId, actor.organizationId, before, limit + 1])
      return pageOf(rows, limit, (last) => [last.id])
    },
    'POST /api-keys': async ({ actor, body, write }) => {
      const key = newKey('ofk')
      // What the write returns is kept under the Idempotency-Key. The key itself is added to this answer only.
      const made = await write(async (tx) => ({ ...(await makeApiKey(tx, actor, body, key, digest)), key: null }))
      return { ...made, key }
    },
    'DELETE /api-keys/{id}': ({ actor, params, write }) => write((tx) => revokeApiKey(tx, actor, params.id)),

    'GET /devices': async ({ actor, query: { limit, cursor, locationId }, readOne }) => {
      const [before] = cursorKeys(cursor, isUuid) ?? []
      const values = [actor.tenantId, actor.organizationId, locationId, before, limit + 1]
      return pageOf(await readOne<Device>(DEVICES, values), limit, (last) => [last.id])
    },
    'POST /devices': async ({ actor, body, write }) => {
      const key = newKey('ofd')
      const enrolled = await write(async (tx) => ({ ...(await enrolDevice(tx, actor, body, key, digest)), key: null }))
      return { ...enrolled, key }
    },
    'DELETE /devices/{id}': ({ actor, params, write }) => write((tx) => revokeDevice(tx, actor, params.id)),
  })
}

const isAfter = (row: { name: string; id: string }, name: string, id = '') =>
  row.name > name || (row.name === name && row.id > id)

/** A person may choose among all their organizations, in whichever tenant; a key has one. */
async function choicesOf(
  actor: Actor,
  readOne: <Row>(sql: string, params: unknown[]) => Promise<Row[]>,
  directory: Directory,
) {
  if (actor.kind !== 'member') return directory.keys([actor])
  const [member] = await readOne<{ userId: string }>(USER_OF_MEMBER, [actor.tenantId, actor.id])
  return member ? directory.memberships([member.userId]) : []
}
