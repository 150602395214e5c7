'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, Card, ErrorState, NoPermission, PageHeader, SkeletonRows, Tabs } from '@opsflow/platform/web'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useAlarms, useBoard } from '../client/index.ts'
import { AlarmList } from './alarm-list.tsx'

const views = ['open', 'all'] as const

export function AlarmsScreen({ locationId }: { locationId: string | undefined }) {
  const t = useTranslations('temperature.alarm')
  const viewer = useViewer()
  const { snapshot } = useBoard()
  const [view, setView] = useState<(typeof views)[number]>('open')
  if (!viewer.can('temperature.read', locationId)) return <NoPermission />
  const open = snapshot?.alarms.filter((alarm) => !locationId || alarm.locationId === locationId)
  return (
    <>
      <PageHeader title={t('title')} text={t('text')} />
      <Tabs
        label={t('title')}
        tabs={views.map((id) => ({ id, label: t(`views.${id}`), count: id === 'open' ? open?.length : undefined }))}
        value={view}
        onChange={setView}
      >
        <Card className="mt-4">
          <AlarmsOf key={view} state={view} locationId={locationId} />
        </Card>
      </Tabs>
    </>
  )
}

function AlarmsOf({ state, locationId }: { state: 'open' | 'all'; locationId: string | undefined }) {
  const t = useTranslations('temperature')
  const alarms = useAlarms({ state, locationId })
  if (alarms.isPending) return <SkeletonRows className="p-5" />
  if (alarms.isError) return <ErrorState error={alarms.error} onRetry={alarms.refetch} />
  return (
    <>
      <AlarmList alarms={alarms.data.pages.flatMap((page) => page.items)} />
      {alarms.hasNextPage && (
        <div className="border-t border-line p-3 text-center">
          <Button look="quiet" busy={alarms.isFetchingNextPage} onClick={() => alarms.fetchNextPage()}>
            {t('more')}
          </Button>
        </div>
      )}
    </>
  )
}
