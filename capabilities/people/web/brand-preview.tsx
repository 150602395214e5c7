'use client'
import { brandStyle, MetricCard, Sparkline } from '@opsflow/platform/web'
import { ShieldCheck } from 'lucide-react'
import { useTranslations } from 'use-intl'

const course = [3, 4, 3.5, 5, 4.2, 4.8, 4.1].map((value, at) => ({ at, value }))
const themes = ['light', 'dark', 'contrast'] as const

/** Buttons, links and figures as they will be, in every theme side by side. Without a colour: the product's own. */
export function BrandPreview({ hex }: { hex: string | undefined }) {
  const t = useTranslations('people.brand')
  return (
    <div className="grid grid-cols-1 gap-3 md:grid-cols-3">
      {themes.map((theme) => (
        <section
          key={theme}
          data-theme={theme}
          aria-label={t(`themes.${theme}`)}
          style={hex ? brandStyle(hex, theme) : undefined}
          className="grid content-start gap-4 rounded-xl border border-line bg-canvas p-4 text-ink"
        >
          <p className="text-fine font-medium text-ink-muted">{t(`themes.${theme}`)}</p>
          <MetricCard tone="accent" label={t('figure')} value="98 %" icon={<ShieldCheck aria-hidden />} />
          <Sparkline points={course} label={t('figure')} className="w-full" />
          <span className="inline-flex min-h-target items-center justify-center rounded-lg bg-accent px-4 text-sm font-medium text-on-accent">
            {t('button')}
          </span>
          <span className="text-sm font-medium text-accent-ink underline">{t('link')}</span>
          <span className="rounded-lg bg-surface px-3 py-2 text-sm outline-2 outline-offset-2 outline-focus">
            {t('focus')}
          </span>
        </section>
      ))}
    </div>
  )
}
