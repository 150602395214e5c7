'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, Dialog, useToast } from '@opsflow/platform/web'
import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { type Places, useChangeLocation, useOpenLocation } from '../client/index.ts'
import type { SpecialDay, WeeklySpan } from '../hours-schema.ts'
import type { Location } from '../location.ts'
import { USUAL_RADIUS_METRES } from '../position.ts'
import { type Attribute, AttributesEditor } from './attributes-editor.tsx'
import { HoursEditor } from './hours-editor.tsx'
import { LocationFields } from './location-fields.tsx'
import { PositionFields } from './position-fields.tsx'
import { RefusalText } from './refusal-text.tsx'
import { RuleFields } from './rule-fields.tsx'
import { SpecialDaysEditor } from './special-days-editor.tsx'

/** Everything a location is known by. Whoever may only look sees it without the means to change it. */
export function LocationSheet({
  places,
  location,
  groupId = null,
  onClose,
}: {
  places: Places
  location?: Location
  groupId?: string | null
  onClose: () => void
}) {
  const t = useTranslations('places')
  const viewer = useViewer()
  const toast = useToast()
  const open = useOpenLocation()
  const change = useChangeLocation()
  const [openingHours, setOpeningHours] = useState<readonly WeeklySpan[]>(location?.openingHours ?? [])
  const [specialDays, setSpecialDays] = useState<readonly SpecialDay[]>(location?.specialDays ?? [])
  const [attributes, setAttributes] = useState<readonly Attribute[]>(Object.entries(location?.attributes ?? {}))
  const mayManage = location ? viewer.can('locations.manage', location.id) : true

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const body = {
      ...fieldsIn(new FormData(event.currentTarget)),
      openingHours: [...openingHours],
      specialDays: [...specialDays],
      attributes: Object.fromEntries(attributes.filter(([key]) => key !== '')),
    }
    const onSuccess = () => {
      toast({ message: t(location ? 'saved' : 'opened', { name: body.name }) })
      onClose()
    }
    if (location) change.mutate({ id: location.id, ...body }, { onSuccess })
    else open.mutate(body, { onSuccess })
  }

  const error = open.error ?? change.error
  return (
    <Dialog open onClose={onClose} title={location?.name ?? t('newLocation')} place="sheet">
      <form onSubmit={submit}>
        <fieldset disabled={!mayManage} className="grid gap-7">
          <LocationFields places={places} location={location} groupId={groupId} />
          <RuleFields location={location} />
          <PositionFields location={location} />
          <HoursEditor hours={openingHours} onChange={setOpeningHours} />
          <SpecialDaysEditor days={specialDays} onChange={setSpecialDays} />
          <AttributesEditor attributes={attributes} onChange={setAttributes} />
          {error && <RefusalText error={error} />}
          {mayManage && (
            <Button look="primary" type="submit" busy={open.isPending || change.isPending}>
              {t(location ? 'save' : 'newLocation')}
            </Button>
          )}
        </fieldset>
      </form>
    </Dialog>
  )
}

function fieldsIn(form: FormData) {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const number = (name: string) => (text(name) === '' ? null : Number(text(name)))
  return {
    name: text('name'),
    code: text('code') || null,
    kind: text('kind') as Location['kind'],
    groupId: text('groupId') || null,
    address: text('address'),
    timezone: text('timezone'),
    dayStartsAt: text('dayStartsAt'),
    temperatureUnit: text('temperatureUnit') as Location['temperatureUnit'],
    jurisdiction: text('jurisdiction') as Location['jurisdiction'],
    ruleEdition: (text('ruleEdition') || null) as Location['ruleEdition'],
    latitude: number('latitude'),
    longitude: number('longitude'),
    radiusMetres: number('radiusMetres') ?? USUAL_RADIUS_METRES,
  }
}
