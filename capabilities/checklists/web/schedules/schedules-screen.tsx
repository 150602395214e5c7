'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import {
  ButtonLink,
  cx,
  EmptyState,
  ErrorState,
  Link,
  NoPermission,
  OlderRows,
  PageHeader,
  Panel,
  SkeletonRows,
  StatusBadge,
  Tabs,
} from '@opsflow/platform/web'
import { CalendarClock, Plus } from 'lucide-react'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { useSchedules } from '../../client/index.ts'
import type { ScheduleSummary } from '../../schedule.ts'
import { ScheduleMenu } from './schedule-menu.tsx'
import { useTimingWords } from './timing-words.ts'

const views = ['running', 'ended'] as const
type View = (typeof views)[number]

/** What is to be done by itself, where, and when next. */
export function SchedulesScreen() {
  const t = useTranslations('schedules')
  const viewer = useViewer()
  const [view, setView] = useState<View>('running')
  if (!viewer.can('checklists.read')) return <NoPermission />
  const mayManage = viewer.can('checklists.manage')
  return (
    <>
      <PageHeader
        title={t('title')}
        text={t('text')}
        actions={
          mayManage && (
            <ButtonLink look="primary" href="/settings/schedules/new">
              <Plus aria-hidden />
              {t('new')}
            </ButtonLink>
          )
        }
      />
      <Tabs
        label={t('title')}
        tabs={views.map((id) => ({ id, label: t(`views.${id}`) }))}
        value={view}
        onChange={setView}
      >
        <ScheduleList key={view} view={view} mayManage={mayManage} />
      </Tabs>
    </>
  )
}

function ScheduleList({ view, mayManage }: { view: View; mayManage: boolean }) {
  const t = useTranslations('schedules')
  const schedules = useSchedules(view)
  const [asked, setAsked] = useState(false)
  if (schedules.isPending) return <SkeletonRows className="pt-5" />
  if (schedules.isError) return <ErrorState error={schedules.error} onRetry={schedules.refetch} />
  const all = schedules.data.pages.flatMap(({ items }) => items)
  if (all.length === 0) {
    return (
      <EmptyState
        icon={<CalendarClock aria-hidden />}
        title={t(`empty.${view}`)}
        action={
          view === 'running' &&
          mayManage && (
            <ButtonLink look="primary" href="/settings/schedules/new">
              {t('new')}
            </ButtonLink>
          )
        }
      >
        {view === 'running' && t('emptyText')}
      </EmptyState>
    )
  }
  return (
    <div className="grid gap-4 pt-4">
      <Panel title={t(`views.${view}`)} hint={t('count', { count: all.length })} flush>
        <ul className="divide-y divide-line">
          {all.map((schedule) => (
            <ScheduleRow key={schedule.id} schedule={schedule} />
          ))}
        </ul>
        {(schedules.hasNextPage || asked) && <OlderRows asked={asked} onAsk={() => setAsked(true)} query={schedules} />}
      </Panel>
    </div>
  )
}

function ScheduleRow({ schedule }: { schedule: ScheduleSummary }) {
  const t = useTranslations('schedules')
  const words = useTimingWords()
  const viewer = useViewer()
  const { name, templateName, timing, locationCount } = schedule
  const hasMenu = schedule.isMine && viewer.can('checklists.manage')
  return (
    <li className={cx('flex items-center gap-2 py-1.5 ps-4 sm:ps-5', hasMenu ? 'pe-2' : 'pe-4 sm:pe-5')}>
      <Link
        href={`/settings/schedules/one?id=${schedule.id}`}
        className="flex min-h-target min-w-0 flex-1 flex-wrap items-center gap-x-4 gap-y-1 py-1.5 hover:text-accent-ink"
      >
        <span className="min-w-0 flex-1 basis-60">
          <span className="block text-[0.9375rem] leading-snug font-medium text-pretty">{name}</span>
          <span className="mt-0.5 block text-sm text-pretty text-ink-muted">{words.whole(timing)}</span>
          <span className="dotted mt-0.5 flex flex-wrap text-sm text-ink-muted">
            {templateName !== name && <span>{templateName}</span>}
            <RoleName schedule={schedule} />
            <span>{t('places', { count: locationCount })}</span>
          </span>
        </span>
        <NextOrState schedule={schedule} />
      </Link>
      <ScheduleMenu schedule={schedule} />
    </li>
  )
}

const RoleName = ({ schedule: { role, roleName } }: { schedule: ScheduleSummary }) => {
  const t = useTranslations('schedules.roles')
  return <span>{role === null ? t('anyone') : isBuiltIn(role) ? t(role.slice(4) as 'admin') : roleName}</span>
}

const isBuiltIn = (role: string) => role.startsWith('org:')

function NextOrState({ schedule: { pausedAt, endedAt, next } }: { schedule: ScheduleSummary }) {
  const t = useTranslations('schedules')
  const format = useFormatter()
  if (endedAt) return <StatusBadge tone="neutral">{t('ended')}</StatusBadge>
  if (pausedAt) return <StatusBadge tone="warn">{t('paused')}</StatusBadge>
  if (!next) return <StatusBadge tone="neutral">{t('never')}</StatusBadge>
  const when = format.dateTime(new Date(next.dueAt), {
    ...{ weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' },
    timeZone: next.timezone,
  })
  return (
    <span className="text-sm sm:text-end">
      <span className="block font-medium">{t('nextAt', { when })}</span>
      <span className="block text-ink-muted">{next.locationName}</span>
    </span>
  )
}
