'use client'
import { SkeletonRows } from '@opsflow/platform/web'
import { lazy, type ReactNode, Suspense } from 'react'
import type { Board } from './board-of.ts'

const LocationsTable = lazy(() => import('./locations-table.tsx'))
const UnitsNow = lazy(() => import('./units-now.tsx'))
const Panels = lazy(() => import('./week-panels.tsx').then((all) => ({ default: ofWeek(all) })))

type Panel = 'TrendPanel' | 'PatternPanel' | 'SinceYesterdayPanel' | 'PeoplePanel'
type Props = { panel: Panel; locations: Board['locations'] }

const ofWeek = (all: Record<Panel, (props: Pick<Props, 'locations'>) => ReactNode>) =>
  function OfWeek({ panel, locations }: Props) {
    const One = all[panel]
    return <One locations={locations} />
  }

/** A panel about the days behind us: its charts' code comes after the figures a day is judged by. */
export const WeekPanel = (props: Props) => (
  <Suspense fallback={<SkeletonRows rows={3} />}>
    <Panels {...props} />
  </Suspense>
)

export const LaterLocations = ({ locations }: Pick<Board, 'locations'>) => (
  <Suspense fallback={<SkeletonRows rows={6} />}>
    <LocationsTable locations={locations} />
  </Suspense>
)

export const LaterUnits = ({ board }: { board: Board }) => (
  <Suspense fallback={<SkeletonRows rows={6} className="mt-7" />}>
    <UnitsNow board={board} />
  </Suspense>
)
