'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Temperature, temperatureText } from '@opsflow/platform/web'
import { useLocale } from 'use-intl'
import type { ReadValue } from '../records.ts'
import { toMilli } from '../value.ts'

/**
 * A reading in the unit the reader likes, or else the one its kitchen thinks in, whatever the sensor speaks; as it was read on hover. Only for
 * looking at: it was judged in the unit it was read in.
 */
export function PlaceTemperature({
  value,
  locationId,
  className,
}: {
  value: ReadValue
  locationId: string
  className?: string
}) {
  const viewer = useViewer()
  const locale = useLocale()
  const here = viewer.locations.find((location) => location.id === locationId)?.temperatureUnit
  const unit = viewer.temperatureUnit ?? here ?? value.unit
  if (unit === value.unit) return <Temperature value={value} {...(className && { className })} />
  return (
    <span title={temperatureText(value, locale)}>
      <Temperature value={{ milli: toMilli(value, unit), unit }} {...(className && { className })} />
    </span>
  )
}
