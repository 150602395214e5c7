'use client'
import { LocationsFile } from '@opsflow/capabilities/locations/web'
import { PeopleFile } from '@opsflow/capabilities/people/web'
import { useViewer } from '@opsflow/platform/client/viewer'
import { NoPermission, PageHeader, Tabs } from '@opsflow/platform/web'
import { useState } from 'react'
import { useTranslations } from 'use-intl'

/** Locations and people, in from a spreadsheet and out to one. */
export default function FilesPage() {
  const t = useTranslations('places.file')
  const viewer = useViewer()
  const tabs = [
    viewer.can('locations.manage') && { id: 'locations' as const, label: t('ofLocations') },
    viewer.can('people.manage') && { id: 'people' as const, label: t('ofPeople') },
  ].filter((tab) => tab !== false)
  const [chosen, setChosen] = useState<'locations' | 'people'>()
  const shown = tabs.find(({ id }) => id === chosen) ?? tabs[0]
  if (!shown) return <NoPermission />
  return (
    <>
      <PageHeader title={t('title')} text={t('text')} back={{ href: '/settings/places', label: t('back') }} />
      <Tabs label={t('title')} tabs={tabs} value={shown.id} onChange={setChosen}>
        {shown.id === 'locations' ? <LocationsFile /> : <PeopleFile />}
      </Tabs>
    </>
  )
}
