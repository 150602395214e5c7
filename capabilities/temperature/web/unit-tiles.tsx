'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { cx, Link, RelativeTime, Temperature } from '@opsflow/platform/web'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { UnitState } from '../records.ts'
import { UnitStatus } from './unit-status.tsx'

/** Up to here every tile is simply there: searchable by the browser, printable. */
const mostAtOnce = 72

type Props = { units: readonly UnitState[]; showLocation: boolean }

/** Units as tiles, in the order given. Hundreds of them are drawn only where one looks. */
export function UnitTiles(props: Props) {
  if (props.units.length > mostAtOnce) return <ManyTiles {...props} />
  return (
    <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(15.5rem,100%),1fr))] gap-3">
      {props.units.map((unit) => (
        <li key={unit.unitId}>
          <UnitTile unit={unit} showLocation={props.showLocation} />
        </li>
      ))}
    </ul>
  )
}

const tileWidthRem = 15.5
const gapPx = 12
const tileHeightRem = 10.25

function ManyTiles({ units, showLocation }: Props) {
  const list = useRef<HTMLUListElement>(null)
  const { columns, rem, offset } = useLayout(list)
  const rows = Math.ceil(units.length / columns)
  const virtual = useWindowVirtualizer({
    count: rows,
    estimateSize: () => tileHeightRem * rem + gapPx,
    overscan: 4,
    scrollMargin: offset,
  })
  return (
    <ul ref={list} className="relative" style={{ height: virtual.getTotalSize() }}>
      {virtual.getVirtualItems().flatMap((row) =>
        units.slice(row.index * columns, (row.index + 1) * columns).map((unit, column) => (
          <li
            key={unit.unitId}
            className="absolute top-0"
            style={{
              height: tileHeightRem * rem,
              width: `calc((100% - ${(columns - 1) * gapPx}px) / ${columns})`,
              insetInlineStart: `calc((100% + ${gapPx}px) / ${columns} * ${column})`,
              transform: `translateY(${row.start - offset}px)`,
            }}
          >
            <UnitTile unit={unit} showLocation={showLocation} />
          </li>
        )),
      )}
    </ul>
  )
}

function useLayout(list: RefObject<HTMLElement | null>) {
  const [layout, setLayout] = useState({ columns: 4, rem: 16, offset: 0 })
  useEffect(() => {
    const element = list.current
    if (!element) return
    const observer = new ResizeObserver(() => {
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
      const columns = Math.max(1, Math.floor((element.clientWidth + gapPx) / (tileWidthRem * rem + gapPx)))
      setLayout({ columns, rem, offset: element.getBoundingClientRect().top + scrollY })
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [list])
  return layout
}

const tileLook: Record<UnitState['status'], string> = {
  alarm: 'border-danger/60 bg-danger-tint',
  fault: 'border-info/45 bg-info-tint',
  silent: 'border-line-strong/50 bg-surface',
  drifting: 'border-warn/55 bg-warn-tint',
  no_data: 'border-line border-dashed bg-surface',
  ok: 'border-line bg-surface',
}

function UnitTile({ unit, showLocation }: { unit: UnitState; showLocation: boolean }) {
  const t = useTranslations('temperature')
  const viewer = useViewer()
  const location = viewer.locations.find((one) => one.id === unit.locationId)
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
        </span>
        <UnitStatus status={unit.status} />
      </span>
      <span
        className={cx(
          'mt-auto pt-3 text-[2rem] leading-none font-semibold tracking-[-0.03em]',
          isStale && 'text-ink-muted',
        )}
      >
        {unit.value ? <Temperature value={unit.value} /> : '–'}
      </span>
      <span className="mt-2 flex flex-wrap justify-between gap-x-3 text-sm text-ink-muted">
        <bdi dir="ltr" className={unit.isCompliant === false ? 'font-semibold text-danger' : undefined}>
          {unit.limitText || t('noLimit')}
        </bdi>
        <span>{unit.measuredAt ? <RelativeTime at={unit.measuredAt} /> : t('neverMeasured')}</span>
      </span>
    </Link>
  )
}
