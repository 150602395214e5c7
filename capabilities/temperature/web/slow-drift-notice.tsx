'use client'
import { Link, RelativeTime } from '@opsflow/platform/web'
import { Wrench } from 'lucide-react'
import { useLocale, useTranslations } from 'use-intl'
import type { SlowDrift } from '../records.ts'
import type { TemperatureUnit } from '../value.ts'

type Props = { drift: SlowDrift; temperatureUnit: TemperatureUnit; timeZone?: string | undefined }

/** A unit that holds less cold than it used to: what it holds, what was usual, and the task that came of it. */
export function SlowDriftNotice({ drift, temperatureUnit, timeZone }: Props) {
  const t = useTranslations('temperature.slowDrift')
  const degrees = useDegrees(temperatureUnit)
  return (
    <section className="flex items-start gap-3 rounded-xl border border-warn/55 bg-warn-tint p-4 shadow-card">
      <Wrench aria-hidden className="mt-0.5 size-5 shrink-0 text-warn" />
      <div>
        <h2 className="font-semibold">{t('title', { rise: degrees.rise(drift) })}</h2>
        <p className="mt-1 text-ink-muted">
          {t('text', { typical: degrees.of(drift.typicalMilliCelsius), usual: degrees.of(drift.usualMilliCelsius) })}
        </p>
        <p className="mt-1 text-sm text-ink-muted">
          {t('noticed')} <RelativeTime at={drift.noticedAt} timeZone={timeZone} />
          {' · '}
          <Link href="/tasks" className="font-medium text-accent underline underline-offset-2">
            {t('task')}
          </Link>
        </p>
      </div>
    </section>
  )
}

/** The same in a line, for a tile. */
export function SlowDriftLine({ drift, temperatureUnit }: Omit<Props, 'timeZone'>) {
  const t = useTranslations('temperature.slowDrift')
  const { rise } = useDegrees(temperatureUnit)
  return (
    <span className="flex items-center gap-1.5 text-sm font-medium text-warn">
      <Wrench aria-hidden className="size-3.5 shrink-0" />
      <span className="truncate">{t('title', { rise: rise(drift) })}</span>
    </span>
  )
}

function useDegrees(unit: TemperatureUnit) {
  const locale = useLocale()
  const number = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
  const inUnit = (milliCelsius: number, zero: number) =>
    `${number.format(unit === 'F' ? (milliCelsius * 9) / 5_000 + zero : milliCelsius / 1000).replace('-', '−')} °${unit}`
  return {
    of: (milliCelsius: number) => inUnit(milliCelsius, 32),
    rise: ({ typicalMilliCelsius, usualMilliCelsius }: SlowDrift) =>
      `+${inUnit(typicalMilliCelsius - usualMilliCelsius, 0)}`,
  }
}
