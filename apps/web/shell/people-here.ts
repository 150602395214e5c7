import type { Session } from '@opsflow/capabilities/people'

/**
 * Whose work this browser holds: one store for each person and organization, known by its name. What one of them could
 * not send yet waits for them, and is named at the sign-in; nobody else sees any of it.
 */
export type PersonHere = { store: string; account: string; person: string; organization: string }

const key = 'opsflow.people'

export const storeOf = (organizationId: string, kind: 'member' | 'kiosk', id: string) =>
  `opsflow.${organizationId}.${kind}.${id}`

/** How many were unsent when the store was last looked at; the replica writes it. */
export const unsentKey = (store: string) => `${store}.unsent`

export function peopleHere(): PersonHere[] {
  try {
    return Object.values(JSON.parse(localStorage.getItem(key) ?? '{}') as Record<string, PersonHere>)
  } catch {
    return []
  }
}

export function notePersonHere({ organization, member, kioskId }: Session) {
  if (kioskId) return
  const store = storeOf(organization.id, 'member', member.id)
  const account = member.email ?? member.id
  write([...others(store), { store, account, person: member.name, organization: organization.name }])
}

export const forgetPersonHere = (store: string) => write(others(store))

/** Those whose work still waits here, and how much of it. */
export const workWaiting = () =>
  peopleHere()
    .map((one) => ({ ...one, unsent: Number(localStorage.getItem(unsentKey(one.store)) ?? 0) }))
    .filter(({ unsent }) => unsent > 0)

const others = (store: string) => peopleHere().filter((one) => one.store !== store)

function write(people: readonly PersonHere[]) {
  try {
    localStorage.setItem(key, JSON.stringify(Object.fromEntries(people.map((one) => [one.store, one]))))
  } catch {
    // without room for a name the work is as safe as with it
  }
}
