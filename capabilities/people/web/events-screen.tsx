'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Card, Field, NoPermission, PageHeader, Select } from '@opsflow/platform/web'
import { type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl'
import { EventList, useEventName } from './event-list.tsx'

/** What one may ask for by name. Whatever else is recorded shows without a filter. */
const NAMES = [
  'people.member_added',
  'people.member_changed',
  'people.role_granted',
  'people.role_revoked',
  'people.role_made',
  'people.role_changed',
  'people.role_archived',
  'people.invited',
  'people.invitation_accepted',
  'people.key_made',
  'people.key_revoked',
  'people.device_enrolled',
  'people.device_revoked',
  'kiosks.enrolled',
  'kiosks.wiped',
  'kiosks.pin_given',
  'checklists.template_made',
  'checklists.template_published',
  'checklists.template_rolled_back',
  'checklists.changed_locally',
  'alerts.policy_changed',
  'alerts.duty_taken',
  'alerts.duty_given',
  'alerts.duty_ended',
  'alerts.duty_taken_back',
  'evidence.waived',
  'evidence.replaced',
  'sync.work_accepted',
  'sync.work_rejected',
  'sync.work_discarded',
  'locations.location_opened',
  'locations.location_changed',
  'locations.location_moved',
  'locations.group_made',
  'locations.group_moved',
  'locations.group_archived',
] as const

/** The audit trail: of the organization, or of the locations one decides for. `children` stand before it. */
export function EventsScreen({ children }: { children?: ReactNode }) {
  const t = useTranslations('people.events')
  const viewer = useViewer()
  const eventName = useEventName()
  const [name, setName] = useState('')
  const [locationId, setLocationId] = useState('')
  if (!viewer.can('events.read')) return <NoPermission />
  return (
    <>
      <PageHeader title={t('title')} text={viewer.canEverywhere('events.read') ? t('text') : t('textHere')} />
      {children}
      <search className="mb-4 grid gap-3 sm:max-w-2xl sm:grid-cols-2">
        <Field label={t('what')}>
          <Select value={name} onChange={(event) => setName(event.target.value)}>
            <option value="">{t('anything')}</option>
            {NAMES.map((one) => (
              <option key={one} value={one}>
                {eventName(one)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('where')}>
          <Select value={locationId} onChange={(event) => setLocationId(event.target.value)}>
            <option value="">{t('anywhere')}</option>
            {viewer.locations.map((location) => (
              <option key={location.id} value={location.id}>
                {location.name}
              </option>
            ))}
          </Select>
        </Field>
      </search>
      <Card>
        <EventList filter={{ name: name || undefined, locationId: locationId || undefined }} />
      </Card>
    </>
  )
}
