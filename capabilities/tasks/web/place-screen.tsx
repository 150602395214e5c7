'use client'
import { useSyncStatus } from '@opsflow/platform/client/sync/use-replica'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, ButtonLink, EmptyState, PageHeader, Panel, SkeletonRows, useClock } from '@opsflow/platform/web'
import { ListChecks, Plus, QrCode, Thermometer } from 'lucide-react'
import { type ReactNode, useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useCodeHere, useTaskRows } from '../client/index.ts'
import type { PlaceCode } from '../place-code.ts'
import { LazyTaskForm } from './lazy-form.tsx'
import { TaskList } from './task-list.tsx'

/** What a code on the wall opens: all that is to be done there. It needs no network. */
export function PlaceScreen({
  code,
  more,
}: {
  code: string
  /** What other parts of the product have to say of this place: its alarms, its checklists. */
  more?: (place: Pick<PlaceCode, 'locationId' | 'unit'>) => ReactNode
}) {
  const t = useTranslations('taskPages.place')
  const { isReady } = useSyncStatus()
  const place = useCodeHere(code)
  if (place) return <Place place={place} more={more} />
  if (!isReady) return <SkeletonRows rows={6} />
  return (
    <EmptyState icon={<QrCode aria-hidden />} title={t('unknown')} heading="h1">
      {t('unknownText')}
    </EmptyState>
  )
}

function Place({ place, more }: { place: PlaceCode; more: ((place: PlaceCode) => ReactNode) | undefined }) {
  const t = useTranslations('taskPages.place')
  const pages = useTranslations('taskPages')
  const viewer = useViewer()
  const [making, setMaking] = useState(false)
  const { locationId, unit, label } = place
  const location = viewer.locations.find(({ id }) => id === locationId)
  const filter = useMemo(
    () => ({ status: 'open' as const, locationId, ...(unit && { unitId: unit.id }) }),
    [locationId, unit],
  )
  const tasks = useTaskRows(filter, useClock())
  const name = label || unit?.name || location?.name || ''
  return (
    <>
      <PageHeader
        title={name}
        text={name === location?.name ? undefined : location?.name}
        actions={
          <>
            {unit && viewer.can('temperature.record', locationId) && (
              <ButtonLink href={`/temperature/log?unit=${unit.id}`}>
                <Thermometer aria-hidden />
                {t('log')}
              </ButtonLink>
            )}
            {viewer.can('tasks.create', locationId) && (
              <Button look="primary" onClick={() => setMaking(true)}>
                <Plus aria-hidden />
                {pages('new')}
              </Button>
            )}
          </>
        }
      />
      <div className="grid gap-4">
        {more?.(place)}
        <Panel title={t('open')} hint={tasks.length > 0 ? String(tasks.length) : undefined} flush>
          {tasks.length === 0 ? (
            <EmptyState compact icon={<ListChecks aria-hidden />} title={t('none')} />
          ) : (
            <TaskList tasks={tasks} />
          )}
        </Panel>
      </div>
      {making && <LazyTaskForm locationId={locationId} unitId={unit?.id ?? null} onClose={() => setMaking(false)} />}
    </>
  )
}
