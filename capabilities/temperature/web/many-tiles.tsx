'use client'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect, useRef, useState } from 'react'
import type { UnitState } from '../records.ts'
import { UnitTile } from './unit-tile.tsx'

type Props = { units: readonly UnitState[]; showLocation: boolean }

const tileWidthRem = 15.5
const gapPx = 12
const tileHeightRem = 10.25

/** Hundreds of tiles, drawn only where one looks. */
export default function ManyTiles({ units, showLocation }: Props) {
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
