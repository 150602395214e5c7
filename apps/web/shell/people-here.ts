import type { Session } from '@opsflow/capabilities/people'

/**
 * Whose work this browser holds: one store for each person and organization, known by its name. What one of them could
 * not send yet waits for them, and is named at the sign-in; nobody else sees any of it.
 */
export type PersonHere = {
  store: string
  account: string
  person: string
  organization: string
  /** The server no longer admits them; a session of theirs takes it back. */
  hasEnded?: true
}

const key = 'opsflow.people'

export const storeOf = (organizationId: string, kind: 'member' | 'kiosk', id: string) =>
  `opsflow.${organizationId}.${kind}.${id}`

/** What a store's name says. Undefined: it is none of ours. */
export function ownerOfStore(store: string) {
  const [, organizationId, kind, id] = /^opsflow\.([^.]+)\.(member|kiosk)\.([^.]+)$/.exec(store) ?? []
  return organizationId && id ? { organizationId, kind: kind as 'member' | 'kiosk', id } : undefined
}

/** How many were unsent when the store was last looked at; the replica writes it. */
export const unsentKey = (store: string) => `${store}.unsent`

export function peopleHere(): PersonHere[] {
  try {
    return Object.values(JSON.parse(localStorage.getItem(key) ?? '{}') as Record<string, PersonHere>)
  } catch {
    return []
  }
}

export function notePersonHere(session: Session) {
  if (!session.kioskId) note(personOf(session))
}

/** They were refused where they had worked until now: what they hold here is to be handed over. */
export function noteEnded(session: Session) {
  if (!session.kioskId) note({ ...personOf(session), hasEnded: true })
}

/** Whoever was refused, it was not them. */
export const noteAdmitted = ({ hasEnded: _, ...person }: PersonHere) => note(person)

export const peopleEnded = () => peopleHere().filter(({ hasEnded }) => hasEnded)

const personOf = ({ organization, member }: Session): PersonHere => ({
  store: storeOf(organization.id, 'member', member.id),
  account: member.email ?? member.id,
  person: member.name,
  organization: organization.name,
})

export const forgetPersonHere = (store: string) => write(others(store))

/** Those whose work still waits here, and how much of it. */
export const workWaiting = () =>
  peopleHere()
    .map((one) => ({ ...one, unsent: Number(localStorage.getItem(unsentKey(one.store)) ?? 0) }))
    .filter(({ unsent }) => unsent > 0)

const note = (person: PersonHere) => write([...others(person.store), person])
const others = (store: string) => peopleHere().filter((one) => one.store !== store)

function write(people: readonly PersonHere[]) {
  try {
    localStorage.setItem(key, JSON.stringify(Object.fromEntries(people.map((one) => [one.store, one]))))
  } catch {
    // without room for a name the work is as safe as with it
  }
}
