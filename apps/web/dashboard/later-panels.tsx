'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { SkeletonRows } from '@opsflow/platform/web'
import { lazy, type ReactNode, Suspense } from 'react'
import { useTranslations } from 'use-intl'
import type { Board } from './board-of.ts'
import { RowsPanel } from './panels.tsx'

const LocationsTable = lazy(() => import('./locations-table.tsx'))
const ChecklistsToday = lazy(() => import('./checklists-panel.tsx'))
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

/** Checklists of today: mine to do, or how far each place has come. Nothing for who may not see them. */
export function ChecklistsPanel({ own = false }: { own?: boolean }) {
  const t = useTranslations('app.dashboard')
  if (!useViewer().can('checklists.read')) return null
  const all = own ? { href: '/checklists', label: t('allChecklists') } : { href: '/overview', label: t('overview') }
  return (
    <RowsPanel name={own ? 'dueNow' : 'checklists'} all={all}>
      <Suspense fallback={<SkeletonRows rows={3} />}>
        <ChecklistsToday own={own} />
      </Suspense>
    </RowsPanel>
  )
}

export const LaterUnits = ({ board }: { board: Board }) => (
  <Suspense fallback={<SkeletonRows rows={6} className="mt-7" />}>
    <UnitsNow board={board} />
  </Suspense>
)
