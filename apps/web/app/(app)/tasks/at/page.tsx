'use client'
import { DueAtPlace } from '@opsflow/capabilities/checklists/web'
import { PlaceScreen } from '@opsflow/capabilities/tasks/web'
import { useBoard } from '@opsflow/capabilities/temperature/client'
import { AlarmList } from '@opsflow/capabilities/temperature/web'
import { Panel } from '@opsflow/platform/web'
import { useSearchParams } from 'next/navigation'
import { lazy, Suspense } from 'react'
import { useTranslations } from 'use-intl'
import { PageSkeleton } from '../../../../shell/frame.tsx'
import { useGo } from '../../../../shell/links.tsx'

const WorkWords = lazy(() => import('../../../../shell/work-words.tsx'))

/** What a code on the wall opens for whoever works there. */
export default function PlacePage() {
  return (
    <Suspense fallback={<PageSkeleton />}>
      <WorkWords>
        <AtCode />
      </WorkWords>
    </Suspense>
  )
}

function AtCode() {
  const code = useSearchParams().get('code') ?? ''
  const go = useGo()
  return (
    <PlaceScreen
      code={code}
      more={({ locationId, unit }) => (
        <>
          <Alarms locationId={locationId} unitId={unit?.id} />
          <DueAtPlace
            locationId={locationId}
            unitId={unit?.id}
            onOpen={(id) => go.to(`/checklists/do?id=${id}&code=${encodeURIComponent(code)}`)}
          />
        </>
      )}
    />
  )
}

function Alarms({ locationId, unitId }: { locationId: string; unitId: string | undefined }) {
  const t = useTranslations('taskPages.place')
  const { snapshot } = useBoard()
  const alarms = (snapshot?.alarms ?? []).filter(
    (alarm) => alarm.locationId === locationId && (unitId === undefined || alarm.unitId === unitId),
  )
  if (alarms.length === 0) return null
  return (
    <Panel title={t('alarms')} hint={String(alarms.length)} flush>
      <AlarmList alarms={alarms} />
    </Panel>
  )
}
