/** Who can be given work at a location, by name, as devices hold it. */
export type Crew = {
  /** The location's. */
  id: string
  locationId: string
  people: readonly CrewMember[]
  /** The organization's own roles that somebody holds there. */
  roles: readonly { id: string; name: string }[]
}

export type CrewMember = {
  id: string
  name: string
  /** Told there as one who leads: can be given the manager's duty. */
  leads: boolean
}
