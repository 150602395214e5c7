'use client'
import { Select } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import { type Places, targetsOf } from '../client/index.ts'

/** A group to put something in; the organization itself is the empty choice. */
export function PlaceSelect({
  places,
  name,
  defaultValue,
}: {
  places: Places
  name: string
  defaultValue: string | null
}) {
  const t = useTranslations('places')
  const targets = targetsOf(places)
  const isElsewhere = defaultValue !== null && !targets.some(({ id }) => id === defaultValue)
  return (
    <Select name={name} defaultValue={defaultValue ?? ''}>
      <option value="">{t('organization')}</option>
      {isElsewhere && <option value={defaultValue}>{t('asNow')}</option>}
      {targets.map(({ id, path }) => (
        <option key={id} value={id}>
          {path}
        </option>
      ))}
    </Select>
  )
}
