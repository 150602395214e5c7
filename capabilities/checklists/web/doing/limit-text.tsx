'use client'
import type { Unit } from '@opsflow/capabilities/temperature'
import { useRow } from '@opsflow/platform/client/sync/use-replica'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Item } from '../../item.ts'
import type { UnitHere } from '../../steps.ts'

type Rules = { jurisdiction: 'us' | 'uk' | 'sc' | 'eu'; ruleEdition: string | null; temperatureUnit: 'F' | 'C' }

/** What an answer is measured by, before it is given. */
export function LimitText({
  item,
  unitId,
  units,
  locationId,
}: {
  item: Item
  unitId: string | undefined
  units: readonly UnitHere[]
  locationId: string
}) {
  const t = useTranslations('doing.step')
  const unit = units.find(({ id }) => id === unitId) as Unit | undefined
  const food = useFoodLimit(item, locationId)
  const text =
    item.kind === 'number'
      ? rangeText(item.min, item.max, item.unit)
      : item.kind === 'temperature'
        ? item.subject.kind === 'unit'
          ? unit?.state?.limitText
          : food
        : ''
  if (!text) return null
  return <p className="text-[0.9375rem] font-medium">{t.rich('limit', { limit: () => <bdi dir="ltr">{text}</bdi> })}</p>
}

function useFoodLimit(item: Item, locationId: string): string {
  const place = useRow<Rules & { id: string }>('location', locationId)
  const [text, setText] = useState('')
  const subject = item.kind === 'temperature' && item.subject.kind === 'food' ? item.subject : undefined
  useEffect(() => {
    if (!subject) return
    const own = rangeText(subject.min, subject.max, `°${subject.unit}`)
    if (subject.limitId === null || !place) return setText(own)
    const { limitId } = subject
    let isGone = false
    // The rule books come after the first paint: they are large.
    void Promise.all([import('../../judge-food.ts'), import('@opsflow/capabilities/temperature')]).then(
      ([{ limitAt }, { jurisdictionOf, limitText }]) => {
        const limit = limitAt(limitId, jurisdictionOf(place))
        if (!isGone) setText([limit ? limitText([limit], place.temperatureUnit) : '', own].filter(Boolean).join(', '))
      },
    )
    return () => {
      isGone = true
    }
  }, [subject, place])
  return text
}

function rangeText(min: number | null, max: number | null, unit: string): string {
  if (min !== null && max !== null) return `${min}–${max} ${unit}`.trim()
  if (min !== null) return `≥ ${min} ${unit}`.trim()
  return max === null ? '' : `≤ ${max} ${unit}`.trim()
}
