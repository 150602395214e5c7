'use client'
import { editions, ruleBooks } from '@opsflow/capabilities/temperature'
import { Field, Select } from '@opsflow/platform/web'
import { TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Location } from '../location.ts'

const jurisdictions: Location['jurisdiction'][] = ['us', 'uk', 'sc', 'eu']

/** Whose limits judge, and in which unit people read. A change is said to hold from now on, before it is made. */
export function RuleFields({ location }: { location: Location | undefined }) {
  const t = useTranslations('places')
  const [jurisdiction, setJurisdiction] = useState(location?.jurisdiction ?? 'us')
  const [edition, setEdition] = useState(location?.ruleEdition ?? '')
  const isOther =
    location && (jurisdiction !== location.jurisdiction || (edition || null) !== (location.ruleEdition ?? null))
  const titleOf = (id: string) => editions.find((one) => one.id === id)?.title ?? id
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label={t('jurisdiction')}>
        <Select
          name="jurisdiction"
          value={jurisdiction}
          onChange={(event) => {
            setJurisdiction(event.target.value as Location['jurisdiction'])
            setEdition('')
          }}
        >
          {jurisdictions.map((one) => (
            <option key={one} value={one}>
              {t(`jurisdictions.${one}`)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('temperatureUnit')}>
        <Select name="temperatureUnit" defaultValue={location?.temperatureUnit ?? 'F'}>
          <option value="F">°F</option>
          <option value="C">°C</option>
        </Select>
      </Field>
      <Field label={t('ruleEdition')} className="sm:col-span-2">
        <Select name="ruleEdition" value={edition} onChange={(event) => setEdition(event.target.value)}>
          <option value="">{t('usualEdition', { edition: titleOf(ruleBooks[jurisdiction][0]) })}</option>
          {ruleBooks[jurisdiction].slice(1).map((id) => (
            <option key={id} value={id}>
              {titleOf(id)}
            </option>
          ))}
        </Select>
      </Field>
      {isOther && (
        <p role="status" className="flex items-start gap-2.5 rounded-lg bg-warn-tint px-3.5 py-3 text-sm sm:col-span-2">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
          {t('rulesChange')}
        </p>
      )}
    </div>
  )
}
