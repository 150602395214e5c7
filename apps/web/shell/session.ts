import type { Organization, Session } from '@opsflow/capabilities/people'
import { createContext, useContext } from 'react'
import { useChoice } from './choice.ts'

const SessionContext = createContext<Session | undefined>(undefined)
export const SessionProvider = SessionContext.Provider

export function useSignedIn(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('useSignedIn is called outside the frame.')
  return session
}

/** How addresses name an organization: by its slug, or by its id where two customers of this person share the slug. */
export const nameInAddress = (organization: Named, all: readonly Named[]) =>
  all.some(({ id, slug }) => slug === organization.slug && id !== organization.id) ? organization.id : organization.slug

type Named = Pick<Organization, 'id' | 'slug'>

/** The location the screens are about; undefined means all that this person may see. */
export function useScope() {
  const { locations } = useSignedIn()
  const { locationId } = useChoice()
  const only = locations.length === 1 ? locations[0] : undefined
  return only ?? locations.find((location) => location.id === locationId)
}
