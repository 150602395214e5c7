'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Link, RelativeTime } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import type { UnitState } from '../records.ts'
import { PlaceTemperature } from './place-temperature.tsx'
import { UnitStatus } from './unit-status.tsx'

/** Units as rows, for panels beside other things. */
export function UnitList({ units }: { units: readonly UnitState[] }) {
  const t = useTranslations('temperature')
  const viewer = useViewer()
  const placeOf = (id: string) => viewer.locations.find((location) => location.id === id)?.name
  return (
    <ul className="divide-y divide-line">
      {units.map((unit) => (
        <li key={unit.unitId}>
          <Link
            href={`/temperature/unit?id=${unit.unitId}`}
            className="flex min-h-16 items-center gap-4 px-4 py-2.5 -outline-offset-2! transition-colors hover:bg-sunken sm:px-5"
          >
            <span className="min-w-0 flex-1">
              <span className="block truncate text-[0.9375rem] font-medium">{unit.name}</span>
              <span className="block truncate text-sm text-ink-muted">
                {viewer.locations.length > 1 ? placeOf(unit.locationId) : t(`kinds.${unit.kind}`)}
                {unit.measuredAt && (
                  <>
                    {' · '}
                    <RelativeTime at={unit.measuredAt} />
                  </>
                )}
              </span>
            </span>
            <span className="text-end">
              <span className="block text-lg leading-tight font-semibold tracking-[-0.02em]">
                {unit.value ? <PlaceTemperature value={unit.value} locationId={unit.locationId} /> : '–'}
              </span>
              <bdi dir="ltr" className="block text-xs text-ink-muted">
                {unit.limitText}
              </bdi>
            </span>
            <span className="hidden w-28 justify-end sm:flex">
              <UnitStatus status={unit.status} isCompliant={unit.isCompliant} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
