'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { NoPermission, PageHeader, SkeletonRows, Tabs, useClock } from '@opsflow/platform/web'
import { lazy, Suspense } from 'react'
import { useTranslations } from 'use-intl'
import { useLiveViews, useToday } from '../../client/index.ts'
import { NowTab } from './now-tab.tsx'
import { nodeIn, overviewHref, type Params, TABS, type Tab, type TabProps } from './params.ts'
import { PlaceSelect } from './place-select.tsx'

const Behind = lazy(() => import('./behind.tsx'))
const LateTab = lazy(() => import('./late-tab.tsx'))
const WeekTab = lazy(() => import('./week-tab.tsx'))
const CalendarTab = lazy(() => import('./calendar-tab.tsx'))
const CompletionTab = lazy(() => import('./completion-tab.tsx'))
const LookTab = lazy(() => import('./look-tab.tsx'))

/** How the day and the weeks go, for those who look after others’ work; every number leads to its records. */
export function OverviewScreen({
  params,
  scopeId,
  onGo,
}: {
  params: Params
  scopeId: string | undefined
  onGo: (href: string) => void
}) {
  const t = useTranslations('overview')
  const viewer = useViewer()
  const today = useToday(nodeIn(params, scopeId).locationId, useClock())
  useLiveViews()
  if (!viewer.can('checklists.read')) return <NoPermission />
  const onParams = (next: Params) => onGo(overviewHref(next))
  const props = { params, scopeId, today, onParams }
  if (params.behind) {
    return (
      <Suspense fallback={<SkeletonRows rows={8} />}>
        <Behind {...props} />
      </Suspense>
    )
  }
  const tabs = TABS.filter((id) => id !== 'look' || viewer.can('checklists.verify'))
  const tab = tabs.find((id) => id === params.view) ?? 'now'
  const choose = (view: Tab) => onParams({ view, location: params.location, group: params.group })
  return (
    <>
      <PageHeader title={t('title')} text={t('text')} />
      <Tabs label={t('title')} tabs={tabs.map((id) => ({ id, label: t(`tabs.${id}`) }))} value={tab} onChange={choose}>
        <div className="mt-4">
          <PlaceSelect {...props} only={tab === 'week' ? 'locations' : 'all'} />
          <Suspense fallback={<SkeletonRows rows={6} />}>
            <Content tab={tab} {...props} />
          </Suspense>
        </div>
      </Tabs>
    </>
  )
}

function Content({ tab, ...props }: TabProps & { tab: Tab }) {
  if (tab === 'late') return <LateTab {...props} />
  if (tab === 'week') return <WeekTab {...props} />
  if (tab === 'calendar') return <CalendarTab {...props} />
  if (tab === 'completion') return <CompletionTab {...props} />
  if (tab === 'look') return <LookTab {...props} />
  return <NowTab {...props} />
}
