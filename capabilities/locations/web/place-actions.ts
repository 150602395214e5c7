import type { PlaceRow } from '../client/index.ts'
import type { Location } from '../location.ts'
import type { LocationGroup } from '../location-group.ts'

/** What can be done in the tree. */
export type PlaceAction =
  | { kind: 'newGroup'; parentId: string | null }
  | { kind: 'rename'; group: LocationGroup }
  | { kind: 'newLocation'; groupId: string | null }
  | { kind: 'edit'; location: Location }
  /** `to` where it was dropped; null is the organization itself. */
  | { kind: 'move'; row: PlaceRow; to?: string | null }
  | { kind: 'archive'; row: PlaceRow }
