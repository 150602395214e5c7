import { useSyncExternalStore } from 'react'

/** Where the person of this device works just now: an organization, and one of its locations or all. */
type Choice = { organizationId?: string | undefined; locationId?: string | undefined }

const key = 'opsflow.choice'
const watchers = new Set<() => void>()
const nothingChosen: Choice = {}
let choice: Choice | undefined

function read(): Choice {
  if (typeof localStorage === 'undefined') return nothingChosen
  choice ??= JSON.parse(localStorage.getItem(key) ?? '{}') as Choice
  return choice
}

export const chosenOrganization = () => read().organizationId

/** Another organization has other locations: choosing one forgets the location. */
export function chooseOrganization(organizationId: string | undefined) {
  keep({ organizationId })
}

export function chooseLocation(locationId: string | undefined) {
  keep({ ...read(), locationId })
}

function keep(next: Choice) {
  choice = next
  localStorage.setItem(key, JSON.stringify(next))
  for (const watcher of watchers) watcher()
}

export const useChoice = () =>
  useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher)
      return () => void watchers.delete(watcher)
    },
    read,
    () => nothingChosen,
  )
