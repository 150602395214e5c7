import type { accountRoutes, peopleRoutes } from '@opsflow/capabilities/people'
import { ApiProblem, createClient } from '@opsflow/platform/client/api'
import type { Replica } from '@opsflow/platform/client/sync/replica'
import { openDeviceReplica } from './device-replica.ts'
import { forgetPersonHere, noteAdmitted, ownerOfStore, type PersonHere } from './people-here.ts'

/**
 * For whom this organization is closed: what they recorded goes to the server without a session, into a manager's
 * hands, and then nothing of theirs stays here. Answers how many were delivered; undefined: it was not them. Throws when
 * it could not be delivered; then everything stays.
 */
export async function handOver(person: PersonHere): Promise<number | undefined> {
  const isClosed = await isClosedTo(person)
  if (!isClosed) {
    noteAdmitted(person)
    return undefined
  }
  const replica = await openStore(person)
  try {
    const delivered = await replica.drain()
    await replica.wipe()
    forgetPersonHere(person.store)
    return delivered
  } catch (error) {
    await replica.close()
    throw error
  }
}

/** Someone has it as a file: it goes from here. */
export async function forgetStore(person: PersonHere) {
  await (await openStore(person)).wipe()
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

function ownerIn(store: string) {
  const owner = ownerOfStore(store)
  if (!owner) throw new Error(`${store} is the name of no store.`)
  return owner
}
