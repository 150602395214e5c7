'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import {
  Button,
  ButtonLink,
  EmptyState,
  ErrorState,
  Input,
  NoPermission,
  PageHeader,
  SkeletonRows,
  Tabs,
} from '@opsflow/platform/web'
import { Refrigerator, SearchX, Thermometer } from 'lucide-react'
import { useDeferredValue, useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useBoard, worstFirst } from '../client/index.ts'
import type { UnitState } from '../records.ts'
import { UnitTiles } from './unit-tiles.tsx'

const views = ['all', 'attention', 'ok'] as const
type View = (typeof views)[number]

const belongs: Record<View, (unit: UnitState) => boolean> = {
  all: () => true,
  attention: (unit) => unit.status !== 'ok' && unit.status !== 'no_data',
  ok: (unit) => unit.status === 'ok',
}

/** The live board: of one location, or of all that this person may see. Worst first. */
export function TemperatureBoard({ locationId }: { locationId: string | undefined }) {
  const t = useTranslations('temperature')
  const viewer = useViewer()
  const { snapshot, error, refresh } = useBoard()
  if (!viewer.can('temperature.read', locationId)) return <NoPermission />
  const place = viewer.locations.find((location) => location.id === locationId)?.name
  return (
    <>
      <PageHeader
        title={t('board.title')}
        text={place ?? t('board.everywhere', { count: viewer.locations.length })}
        actions={
          viewer.can('temperature.record') && (
            <ButtonLink look="primary" href="/temperature/log">
              <Thermometer aria-hidden />
              {t('log.action')}
            </ButtonLink>
          )
        }
      />
      {snapshot ? (
        <Units units={snapshot.units} locationId={locationId} />
      ) : error ? (
        <ErrorState error={error} onRetry={refresh} />
      ) : (
        <SkeletonRows rows={6} />
      )}
    </>
  )
}

function Units({ units, locationId }: { units: readonly UnitState[]; locationId: string | undefined }) {
  const t = useTranslations('temperature')
  const viewer = useViewer()
  const [view, setView] = useState<View>('all')
  const [sought, setSought] = useState('')
  const words = useDeferredValue(sought).trim().toLowerCase()

  const here = useMemo(
    () => worstFirst(units.filter((unit) => locationId === undefined || unit.locationId === locationId)),
    [units, locationId],
  )
  const nameOf = new Map(viewer.locations.map((location) => [location.id, location.name]))
  const shown = here
    .filter(belongs[view])
    .filter((unit) => `${unit.name} ${nameOf.get(unit.locationId)}`.toLowerCase().includes(words))

  const isAllWell = view === 'attention' && !words
  if (here.length === 0) return <NoUnits />
  return (
    <Tabs
      label={t('board.title')}
      tabs={views.map((id) => ({ id, label: t(`board.views.${id}`), count: here.filter(belongs[id]).length }))}
      value={view}
      onChange={setView}
    >
      {here.length > 12 && (
        <Input
          type="search"
          value={sought}
          onChange={(event) => setSought(event.target.value)}
          placeholder={t('board.find')}
          aria-label={t('board.find')}
          className="mt-4 max-w-sm"
        />
      )}
      <div className="mt-4">
        {shown.length > 0 ? (
          <UnitTiles units={shown} showLocation={locationId === undefined && viewer.locations.length > 1} />
        ) : (
          <EmptyState
            compact
            icon={<SearchX aria-hidden />}
            title={isAllWell ? t('board.nothingWrong') : t('board.noneFound')}
            action={
              <Button
                onClick={() => {
                  setView('all')
                  setSought('')
                }}
              >
                {t('board.showAll')}
              </Button>
            }
          />
        )}
      </div>
    </Tabs>
  )
}

function NoUnits() {
  const t = useTranslations('temperature.board')
  const viewer = useViewer()
  return (
    <EmptyState
      icon={<Refrigerator aria-hidden />}
      title={t('empty')}
      action={
        viewer.can('temperature.configure') && (
          <ButtonLink look="primary" href="/settings/units">
            {t('setUp')}
          </ButtonLink>
        )
      }
    >
      {t('emptyText')}
    </EmptyState>
  )
}
