'use client'
import { useSyncStatus } from '@opsflow/platform/client/sync/use-replica'
import { useViewer } from '@opsflow/platform/client/viewer'
import {
  Card,
  ErrorState,
  NoPermission,
  OlderRows,
  PageHeader,
  SkeletonRows,
  Tabs,
  withOlder,
} from '@opsflow/platform/web'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useAlarmRows, useBoard, useOlderAlarms } from '../client/index.ts'
import { AlarmList } from './alarm-list.tsx'

const views = ['open', 'all'] as const

export function AlarmsScreen({ locationId }: { locationId: string | undefined }) {
  const t = useTranslations('temperature.alarm')
  const viewer = useViewer()
  const { snapshot, error, refresh } = useBoard()
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
          {view === 'all' ? (
            <AllAlarms locationId={locationId} />
          ) : open ? (
            <AlarmList alarms={open} />
          ) : error ? (
            <ErrorState error={error} onRetry={refresh} />
          ) : (
            <SkeletonRows className="p-5" />
          )}
        </Card>
      </Tabs>
    </>
  )
}

/** What this device holds, then, when asked for, what lies before it. */
function AllAlarms({ locationId }: { locationId: string | undefined }) {
  const { isReady } = useSyncStatus()
  const [asked, setAsked] = useState(false)
  const older = useOlderAlarms({ state: 'all', locationId }, asked || !isReady)
  const here = useAlarmRows(locationId)
  const alarms = withOlder(here, older.data?.pages.flatMap((page) => page.items) ?? [])
  if (!isReady && older.isPending) return <SkeletonRows className="p-5" />
  if (!isReady && older.isError) return <ErrorState error={older.error} onRetry={older.refetch} />
  return (
    <>
      <AlarmList alarms={alarms} />
      <OlderRows asked={asked || !isReady} onAsk={() => setAsked(true)} query={older} />
    </>
  )
}
