'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import {
  ButtonLink,
  Card,
  ErrorState,
  PageHeader,
  Panel,
  RelativeTime,
  SkeletonRows,
  StatusBadge,
} from '@opsflow/platform/web'
import { Settings2, Thermometer } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useBoard, useUnit } from '../client/index.ts'
import type { UnitState } from '../records.ts'
import { AlarmList } from './alarm-list.tsx'
import { PlaceTemperature } from './place-temperature.tsx'
import { SlowDriftNotice } from './slow-drift-notice.tsx'
import { UnitHistory } from './unit-history.tsx'
import { UnitLogs } from './unit-logs.tsx'
import { UnitStatus } from './unit-status.tsx'

/** One unit: how it stands, what it did, what was recorded by hand. */
export function UnitScreen({ unitId }: { unitId: string }) {
  const { snapshot } = useBoard()
  const state = snapshot?.units.find((one) => one.unitId === unitId)
  return state ? <UnitPage state={state} /> : <RetiredUnit unitId={unitId} isKnown={snapshot !== undefined} />
}

/** Not among the units at work: the server knows whether there was one. */
function RetiredUnit({ unitId, isKnown }: { unitId: string; isKnown: boolean }) {
  const unit = useUnit(unitId, isKnown)
  if (unit.isError) return <ErrorState error={unit.error} onRetry={unit.refetch} />
  return unit.data ? <UnitPage state={unit.data.state} /> : <SkeletonRows rows={6} />
}

function UnitPage({ state }: { state: UnitState }) {
  const t = useTranslations('temperature')
  const viewer = useViewer()
  const { snapshot } = useBoard()
  const place = viewer.locations.find((location) => location.id === state.locationId)
  const alarms = snapshot?.alarms.filter((alarm) => alarm.unitId === state.unitId) ?? []
  return (
    <>
      <PageHeader
        back={{ href: '/temperature', label: t('board.title') }}
        title={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-2">
            {state.name}
            <UnitStatus status={state.status} isCompliant={state.isCompliant} />
          </span>
        }
        text={`${place?.name ?? ''} · ${t(`kinds.${state.kind}`)}`}
        actions={
          <>
            {viewer.can('temperature.configure', state.locationId) && (
              <ButtonLink href={`/settings/units?id=${state.unitId}`}>
                <Settings2 aria-hidden />
                {t('unit.settings')}
              </ButtonLink>
            )}
            {viewer.can('temperature.record', state.locationId) && (
              <ButtonLink look="primary" href={`/temperature/log?unit=${state.unitId}`}>
                <Thermometer aria-hidden />
                {t('log.action')}
              </ButtonLink>
            )}
          </>
        }
      />
      <div className="grid grid-cols-1 gap-4 lg:gap-5">
        <Card className="grid grid-cols-2 gap-x-6 gap-y-5 p-4 sm:grid-cols-4 sm:p-5">
          <Fact label={t('unit.now')}>
            <span className="text-[2rem] leading-none font-semibold tracking-[-0.03em]">
              {state.value ? <PlaceTemperature value={state.value} locationId={state.locationId} /> : '–'}
            </span>
          </Fact>
          <Fact label={t('unit.limit')}>
            <bdi dir="ltr" className="text-lg font-semibold">
              {state.limitText || t('noLimit')}
            </bdi>
          </Fact>
          <Fact label={t('unit.compliance')}>
            {state.isCompliant === null ? (
              <StatusBadge tone="neutral">{t('unit.notJudged')}</StatusBadge>
            ) : (
              <StatusBadge tone={state.isCompliant ? 'ok' : 'danger'}>
                {t(state.isCompliant ? 'action.withinLimit' : 'action.stillOutside')}
              </StatusBadge>
            )}
          </Fact>
          <Fact label={t('unit.measured')}>
            {state.measuredAt ? (
              <>
                <RelativeTime at={state.measuredAt} timeZone={place?.timezone} />
                {state.source && <span className="block text-sm text-ink-muted">{t(`sources.${state.source}`)}</span>}
              </>
            ) : (
              t('neverMeasured')
            )}
          </Fact>
        </Card>
        {state.slowDrift && (
          <SlowDriftNotice
            drift={state.slowDrift}
            temperatureUnit={place?.temperatureUnit ?? 'F'}
            timeZone={place?.timezone}
          />
        )}
        {alarms.length > 0 && (
          <Panel title={t('alarm.title')} hint={alarms.length} flush>
            <AlarmList alarms={alarms} />
          </Panel>
        )}
        <UnitHistory
          unitId={state.unitId}
          timeZone={place?.timezone}
          temperatureUnit={viewer.temperatureUnit ?? place?.temperatureUnit ?? 'F'}
          latest={state.measuredAt}
        />
        <UnitLogs unitId={state.unitId} timeZone={place?.timezone} />
      </div>
    </>
  )
}

const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <div>
    <p className="mb-1.5 text-sm text-ink-muted">{label}</p>
    <div>{children}</div>
  </div>
)
