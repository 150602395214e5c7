import type { accountRoutes, peopleRoutes } from '@opsflow/capabilities/people'
import { ApiProblem, createClient } from '@opsflow/platform/client/api'
import type { PhotosOf } from '@opsflow/platform/client/files/browser-photo-outbox'
import { forgetPhotos, handOverPhotos } from '@opsflow/platform/client/files/hand-over-photos'
import type { Replica } from '@opsflow/platform/client/sync/replica'
import { openDeviceReplica } from './device-replica.ts'
import { forgetPersonHere, noteAdmitted, ownerOfStore, type PersonHere } from './people-here.ts'

export type HandedOver = { records: number; photos: number }

/**
 * For whom this organization is closed: what they recorded goes to the server without a session, into a manager's
 * hands, its photos after it, and then nothing of theirs stays here. Answers how many were delivered; undefined: it was
 * not them. Throws when something could not be delivered; then everything stays.
 */
export async function handOver(person: PersonHere): Promise<HandedOver | undefined> {
  const isClosed = await isClosedTo(person)
  if (!isClosed) {
    noteAdmitted(person)
    return undefined
  }
  const replica = await openStore(person)
  try {
    const records = await replica.drain()
    const photos = await handOverPhotos(photosOfStore(person.store), replica.handOverKey())
    await replica.wipe()
    await forgetPhotos(photosOfStore(person.store))
    forgetPersonHere(person.store)
    return { records, photos }
  } catch (error) {
    await replica.close()
    throw error
  }
}

/** Someone has it as a file: it goes from here. */
export async function forgetStore(person: PersonHere) {
  await (await openStore(person)).wipe()
  await forgetPhotos(photosOfStore(person.store))
  forgetPersonHere(person.store)
}

export function openStore({ store, person }: PersonHere): Promise<Replica> {
  const { organizationId, kind, id } = ownerIn(store)
  return openDeviceReplica(callIn(organizationId) as never, organizationId, { kind, id, name: person })
}

/**
 * An address may have changed its meaning, or somebody else have signed in: it is asked by the organization's id, and
 * who asks is looked at. A session that is over closes nothing: it is thrown, and they may sign in again.
 */
async function isClosedTo({ store, account }: PersonHere): Promise<boolean> {
  const call = callIn(ownerIn(store).organizationId)
  const refusal: unknown = await call('GET /session').then(
    () => undefined,
    (error: unknown) => error,
  )
  if (refusal === undefined) return false
  if (!(refusal instanceof ApiProblem && [403, 404].includes(refusal.status))) throw refusal
  // Whoever is admitted nowhere is not told their account either.
  return callIn(undefined)('GET /account').then(
    ({ email }) => email === account,
    (error: unknown) => {
      if (error instanceof ApiProblem && ADMITTED_NOWHERE.has(error.code)) return true
      throw error
    },
  )
}

const ADMITTED_NOWHERE: ReadonlySet<string> = new Set(['people.suspended', 'people.no_organization'])

const callIn = (organizationId: string | undefined) =>
  createClient<typeof accountRoutes & typeof peopleRoutes>({ organizationId: () => organizationId })

/** Where the photos of whoever owns a store wait. */
export function photosOfStore(store: string): PhotosOf {
  const { organizationId, kind, id } = ownerIn(store)
  return { organizationId, holder: kind === 'kiosk' ? 'tablet' : id }
}

function ownerIn(store: string) {
  const owner = ownerOfStore(store)
  if (!owner) throw new Error(`${store} is the name of no store.`)
  return owner
}
