'use client'
import { Field, Input, Select } from '@opsflow/platform/web'
import { useId } from 'react'
import { useTranslations } from 'use-intl'
import type { Places } from '../client/index.ts'
import type { Location } from '../location.ts'
import { PlaceSelect } from './place-select.tsx'

const kinds: Location['kind'][] = ['quick_service', 'full_service', 'cafe', 'commissary', 'other']

/** What it is, where it lies, and which day it is there. */
export function LocationFields({
  places,
  location,
  groupId,
}: {
  places: Places
  location: Location | undefined
  groupId: string | null
}) {
  const t = useTranslations('places')
  const zones = useId()
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label={t('name')} className="sm:col-span-2">
        <Input name="name" required maxLength={200} defaultValue={location?.name} />
      </Field>
      <Field label={t('kind')}>
        <Select name="kind" defaultValue={location?.kind}>
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {t(`kinds.${kind}`)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('code')} optional={t('optional')}>
        <Input name="code" maxLength={60} pattern="[A-Za-z0-9][A-Za-z0-9._\/\-]*" defaultValue={location?.code ?? ''} />
      </Field>
      <Field label={t('liesIn')} className="sm:col-span-2">
        <PlaceSelect
          places={places}
          name="groupId"
          defaultValue={location ? location.groupId : groupId}
          isNew={!location}
        />
      </Field>
      <Field label={t('address')} optional={t('optional')} className="sm:col-span-2">
        <Input name="address" maxLength={500} defaultValue={location?.address} autoComplete="off" />
      </Field>
      <Field label={t('timezone')} hint={t('timezoneHint')}>
        <Input
          name="timezone"
          required
          list={zones}
          defaultValue={location?.timezone ?? ownZone()}
          autoComplete="off"
        />
        <datalist id={zones}>
          {Intl.supportedValuesOf('timeZone').map((zone) => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
      </Field>
      <Field label={t('dayStartsAt')} hint={t('dayStartsAtHint')}>
        <Input name="dayStartsAt" type="time" required defaultValue={location?.dayStartsAt ?? '04:00'} />
      </Field>
    </div>
  )
}

const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone
