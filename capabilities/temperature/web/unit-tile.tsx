'use client'
import { useUnsentIds } from '@opsflow/platform/client/sync/use-replica'
import { useViewer } from '@opsflow/platform/client/viewer'
import { cx, Link, RelativeTime, UnsentMark } from '@opsflow/platform/web'
import { memo } from 'react'
import { useTranslations } from 'use-intl'
import type { UnitState } from '../records.ts'
import { entities } from '../sync-entities.ts'
import { PlaceTemperature } from './place-temperature.tsx'
import { SlowDriftLine } from './slow-drift-notice.tsx'
import { UnitStatus } from './unit-status.tsx'

const tileLook: Record<UnitState['status'], string> = {
  alarm: 'border-danger/60 bg-danger-tint',
  fault: 'border-info/45 bg-info-tint',
  silent: 'border-line-strong/50 bg-surface',
  drifting: 'border-warn/55 bg-warn-tint',
  no_data: 'border-line border-dashed bg-surface',
  ok: 'border-line bg-surface',
}

/** One unit at a glance: how it stands, what it reads, what it should read. Drawn again only when its own row changes. */
export const UnitTile = memo(function UnitTile({ unit, showLocation }: { unit: UnitState; showLocation: boolean }) {
  const t = useTranslations('temperature')
  const viewer = useViewer()
  const location = viewer.locations.find((one) => one.id === unit.locationId)
  const isUnsent = useUnsentIds(entities.unit).has(unit.unitId)
  const isStale = unit.status === 'silent' || unit.status === 'fault'
  return (
    <Link
      href={`/temperature/unit?id=${unit.unitId}`}
      data-status={unit.status}
      className={cx(
        'flex h-full min-h-[9.75rem] flex-col rounded-xl border p-4 shadow-card transition-[border-color,box-shadow] hover:border-line-strong hover:shadow-raised',
        tileLook[unit.status],
      )}
    >
      <span className="flex items-start justify-between gap-2">
        <span className="min-w-0">
          <span className="block truncate text-[0.9375rem] font-medium">{unit.name}</span>
          <span className="block truncate text-sm text-ink-muted">
            {showLocation ? location?.name : t(`kinds.${unit.kind}`)}
          </span>
          {unit.slowDrift && (
            <SlowDriftLine drift={unit.slowDrift} temperatureUnit={location?.temperatureUnit ?? 'F'} />
          )}
        </span>
        <UnitStatus status={unit.status} isCompliant={unit.isCompliant} />
      </span>
      <span
        className={cx(
          'mt-auto pt-3 text-[2rem] leading-none font-semibold tracking-[-0.03em]',
          isStale && 'text-ink-muted',
        )}
      >
        {unit.value ? <PlaceTemperature value={unit.value} locationId={unit.locationId} /> : '–'}
      </span>
      <span className="mt-2 flex flex-wrap justify-between gap-x-3 text-sm text-ink-muted">
        <bdi dir="ltr" className={unit.isCompliant === false ? 'font-semibold text-danger' : undefined}>
          {unit.limitText || t('noLimit')}
        </bdi>
        {isUnsent ? (
          <UnsentMark />
        ) : (
          <span>{unit.measuredAt ? <RelativeTime at={unit.measuredAt} /> : t('neverMeasured')}</span>
        )}
      </span>
    </Link>
  )
})
