'use client'
import { useTranslations } from 'use-intl'

/** Nobody should take simulated kitchens for real ones. */
export function DemoMark() {
  const t = useTranslations('app.demo')
  return (
    <span
      title={t('hint')}
      className="me-1 hidden rounded-full border border-info/35 bg-info-tint px-2.5 py-0.5 text-xs font-medium text-ink sm:inline"
    >
      {t('mark')}
    </span>
  )
}
