import { UnitTiles } from '@opsflow/capabilities/temperature/web'
import { useTranslations } from 'use-intl'
import type { DashboardProps } from './board-of.ts'

/** Every unit as it is at this moment, below one's own work. */
export default function UnitsNow({ board }: DashboardProps) {
  const t = useTranslations('app.dashboard')
  return (
    <>
      <h2 className="mt-7 mb-3 text-[0.9375rem] font-semibold">{t('unitsNow')}</h2>
      <UnitTiles units={board.units} showLocation={board.locations.length > 1} />
    </>
  )
}
