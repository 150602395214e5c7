import { useToast } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import { type PlaceRow, useChangeGroup, useChangeLocation } from '../client/index.ts'

/** Closes a location or archives a group at once; a slip is undone from the notice. Closed, it opens again. */
export function useArchive() {
  const t = useTranslations('places')
  const toast = useToast()
  const changeGroup = useChangeGroup()
  const changeLocation = useChangeLocation()

  return function archive(row: PlaceRow) {
    const isLocation = row.kind === 'location'
    const wasClosed = isLocation && row.location.closedAt !== null
    const set = (isGone: boolean) =>
      isLocation
        ? changeLocation.mutateAsync({ id: row.id, closed: isGone })
        : changeGroup.mutateAsync({ id: row.id, archived: isGone })
    const refused = (error: Error) => toast({ tone: 'danger', message: error.message })
    const done = wasClosed ? 'reopened' : isLocation ? 'closed' : 'archived'
    set(!wasClosed).then(
      () => toast({ message: t(done, { name: row.name }), undo: () => void set(wasClosed).catch(refused) }),
      refused,
    )
  }
}
