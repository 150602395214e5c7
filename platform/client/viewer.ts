import { createContext, useContext } from 'react'

/** Who looks at the screen: what they may see and do, and how they read numbers. */
export type Viewer = {
  memberId: string
  name: string
  /** Whether a role is held at a location, there or above it: a built-in one by name, an organization's own by id. */
  holds: (role: string, locationId: string) => boolean
  organizationId: string
  locations: readonly ViewedLocation[]
  /** The unit this person likes to see. Null: each location's own. What is typed and judged does not follow it. */
  temperatureUnit: 'F' | 'C' | null
  /** At a shared tablet: what is critical is signed with a PIN. */
  isShared: boolean
  /** The same rule as on the server; the server's answer is the one that counts. */
  can: (permission: string, locationId?: string) => boolean
  /** In the whole organization, at locations to come too. */
  canEverywhere: (permission: string) => boolean
}

export type ViewedLocation = { id: string; name: string; timezone: string; temperatureUnit: 'F' | 'C' }

const ViewerContext = createContext<Viewer | undefined>(undefined)
export const ViewerProvider = ViewerContext.Provider

export function useViewer(): Viewer {
  const viewer = useContext(ViewerContext)
  if (!viewer) throw new Error('useViewer is called before someone is signed in.')
  return viewer
}
