'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import {
  Button,
  EmptyState,
  ErrorState,
  NoPermission,
  PageHeader,
  Panel,
  SkeletonRows,
  Table,
  Td,
  Th,
  Tr,
} from '@opsflow/platform/web'
import { Plus, Refrigerator } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useUnits } from '../client/index.ts'
import { NewUnit } from './new-unit.tsx'
import { UnitSettings } from './unit-settings.tsx'
import { UnitStatus } from './unit-status.tsx'

/** The units of a location, and how each is judged and watched. */
export function UnitsScreen({ locationId, unitId }: { locationId: string | undefined; unitId: string | undefined }) {
  const t = useTranslations('temperature.units')
  const viewer = useViewer()
  const [adding, setAdding] = useState(false)
  const [chosen, setChosen] = useState(unitId)
  if (!viewer.can('temperature.configure', locationId)) return <NoPermission />
  return (
    <>
      <PageHeader
        title={t('title')}
        text={t('text')}
        actions={
          <Button look="primary" onClick={() => setAdding(true)}>
            <Plus aria-hidden />
            {t('add')}
          </Button>
        }
      />
      <Panel title={t('list')} flush>
        <UnitTable locationId={locationId} onChoose={setChosen} />
      </Panel>
      <NewUnit open={adding} locationId={locationId} onClose={() => setAdding(false)} />
      <UnitSettings unitId={chosen} onClose={() => setChosen(undefined)} />
    </>
  )
}

function UnitTable({ locationId, onChoose }: { locationId: string | undefined; onChoose: (unitId: string) => void }) {
  const t = useTranslations('temperature')
  const viewer = useViewer()
  const units = useUnits({ locationId })
  if (units.isPending) return <SkeletonRows className="p-5" />
  if (units.isError) return <ErrorState error={units.error} onRetry={units.refetch} />
  if (units.data.items.length === 0) {
    return (
      <EmptyState icon={<Refrigerator aria-hidden />} title={t('board.empty')}>
        {t('board.emptyText')}
      </EmptyState>
    )
  }
  const placeOf = (id: string) => viewer.locations.find((location) => location.id === id)?.name
  return (
    <Table label={t('units.list')}>
      <thead>
        <tr>
          <Th>{t('units.name')}</Th>
          <Th className="max-sm:hidden">{t('units.location')}</Th>
          <Th className="max-sm:hidden">{t('units.kind')}</Th>
          <Th>{t('unit.limit')}</Th>
          <Th className="max-sm:hidden">{t('units.grace')}</Th>
          <Th>{t('units.state')}</Th>
        </tr>
      </thead>
      <tbody>
        {units.data.items.map((unit) => (
          <Tr key={unit.id} className="transition-colors hover:bg-sunken">
            <Td>
              <button
                type="button"
                onClick={() => onChoose(unit.id)}
                className="min-h-target text-start font-medium hover:text-accent-ink hover:underline"
              >
                {unit.name}
                <span className="block text-xs font-normal text-ink-muted sm:hidden">{placeOf(unit.locationId)}</span>
              </button>
            </Td>
            <Td className="text-ink-muted max-sm:hidden">{placeOf(unit.locationId)}</Td>
            <Td className="text-ink-muted max-sm:hidden">{t(`kinds.${unit.kind}`)}</Td>
            <Td className="whitespace-nowrap">
              <bdi dir="ltr">{unit.state.limitText || t('noLimit')}</bdi>
            </Td>
            <Td className="text-ink-muted max-sm:hidden">
              {unit.policy.alarm ? t('units.minutes', { minutes: unit.policy.alarm.graceMinutes }) : t('units.noAlarm')}
            </Td>
            <Td>
              <UnitStatus status={unit.state.status} isCompliant={unit.state.isCompliant} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  )
}
