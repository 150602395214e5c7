import { organizationIn, withoutOrganization } from '@opsflow/platform/organization-path'
import { usePathname } from 'next/navigation'
import { useSyncExternalStore } from 'react'
import { choiceKey } from './first-calls.ts'

/** What this device was last used for: an organization (its name in addresses), in which role, at one location or all. */
type Choice = { organization?: string | undefined; role?: string | undefined; locationId?: string | undefined }

const watchers = new Set<() => void>()
const nothingChosen: Choice = {}
let choice: Choice | undefined

function read(): Choice {
  if (typeof localStorage === 'undefined') return nothingChosen
  choice ??= JSON.parse(localStorage.getItem(choiceKey) ?? '{}') as Choice
  return choice
}

/** The organization every request names: the address's own. Only an address without one goes by what was last used. */
export const organizationInUse = () => organizationIn(location.pathname) ?? read().organization

/** Another organization has other locations: with it the location is forgotten. */
export function rememberOrganization(organization: string | undefined, role?: string) {
  const before = read()
  if (organization !== before.organization) keep({ organization, role })
  else if (role && role !== before.role) keep({ ...before, role })
}

export function chooseLocation(locationId: string | undefined) {
  keep({ ...read(), locationId })
}

function keep(next: Choice) {
  choice = next
  localStorage.setItem(choiceKey, JSON.stringify(next))
  for (const watcher of watchers) watcher()
}

export const useChoice = () => useSyncExternalStore(watch, read, () => nothingChosen)

/** The address as the browser shows it. Static pages are made without an organization: at first there is none. */
export function useAddress() {
  const path = usePathname()
  const inBrowser = useSyncExternalStore(never, yes, no)
  return { inBrowser, organization: inBrowser ? organizationIn(path) : undefined, page: withoutOrganization(path) }
}

const watch = (watcher: () => void) => {
  watchers.add(watcher)
  return () => void watchers.delete(watcher)
}
const never = () => () => undefined
const yes = () => true
const no = () => false
