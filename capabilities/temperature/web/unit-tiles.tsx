'use client'
import { SkeletonRows } from '@opsflow/platform/web'
import { lazy, Suspense } from 'react'
import type { UnitState } from '../records.ts'
import { UnitTile } from './unit-tile.tsx'

const ManyTiles = lazy(() => import('./many-tiles.tsx'))

/** Up to here every tile is simply there: searchable by the browser, printable. */
const mostAtOnce = 72

type Props = { units: readonly UnitState[]; showLocation: boolean }

/** Units as tiles, in the order given. Hundreds of them are drawn only where one looks. */
export function UnitTiles(props: Props) {
  if (props.units.length > mostAtOnce) {
    return (
      <Suspense fallback={<SkeletonRows rows={6} />}>
        <ManyTiles {...props} />
      </Suspense>
    )
  }
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
