'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Select } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import { type Places, targetsOf } from '../client/index.ts'

/**
 * A group to put something in. The organization itself, the empty choice, is offered to those who manage all of it; whoever
 * manages a part sees it only where something lies there already.
 */
export function PlaceSelect({
  places,
  name,
  defaultValue,
  isNew,
}: {
  places: Places
  name: string
  defaultValue: string | null
  /** Nothing lies anywhere yet. */
  isNew: boolean
}) {
  const t = useTranslations('places')
  const mayTakeRoot = useViewer().canEverywhere('locations.manage')
  const targets = targetsOf(places)
  const isElsewhere = defaultValue !== null && !targets.some(({ id }) => id === defaultValue)
  return (
    <Select name={name} defaultValue={defaultValue ?? ''}>
      {mayTakeRoot && <option value="">{t('organization')}</option>}
      {!mayTakeRoot && !isNew && defaultValue === null && <option value="">{t('asNow')}</option>}
      {isElsewhere && <option value={defaultValue}>{t('asNow')}</option>}
      {targets.map(({ id, path }) => (
        <option key={id} value={id}>
          {path}
        </option>
      ))}
    </Select>
  )
}
