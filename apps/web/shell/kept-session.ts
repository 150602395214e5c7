import type { KeptSession, KeptSessions } from '@opsflow/capabilities/people/client'

/**
 * Sessions kept on this device, by the organization's name in addresses: who works here, where, and with which rights,
 * so that every screen opens without a network. Each answer of the server replaces its own; a sign-in and a sign-out
 * forget them all.
 */
export const keptSessions: KeptSessions = {
  of(organization) {
    try {
      const kept = JSON.parse(localStorage.getItem(nameOf(organization)) ?? 'null') as Stored | null
      return kept?.shape === shape ? kept : undefined
    } catch {
      return undefined
    }
  },
  keep(organization, session) {
    // On a shared tablet nobody's session outlives them.
    if (session.kioskId) return
    const stored: Stored = { shape, at: Date.now(), session }
    try {
      localStorage.setItem(nameOf(organization), JSON.stringify(stored))
    } catch {
      localStorage.removeItem(nameOf(organization)) // no room: better none than an old one
    }
  },
}

/** Somebody works with this browser. */
export const hasKeptSession = () => Object.keys(localStorage).some((name) => name.startsWith(prefix))

export function forgetKeptSessions() {
  for (const name of Object.keys(localStorage)) if (name.startsWith(prefix)) localStorage.removeItem(name)
}

/** Raised when a session's fields change, so that one kept by an older app is not taken for a session of this one. */
const shape = 1
type Stored = KeptSession & { shape: number }

const prefix = 'opsflow.session.'
const nameOf = (organization: string) => prefix + organization
