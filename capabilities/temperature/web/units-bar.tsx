'use client'
import { useTranslations } from 'use-intl'
import type { Dashboard } from '../routes.ts'

type Counts = Dashboard['locations'][number]['counts']

/** The units of a location as one bar, and in words for those who cannot see it. */
export function UnitsBar({ counts }: { counts: Counts }) {
  const t = useTranslations('temperature.bar')
  const parts = [
    { name: 'alarm', count: counts.alarm, look: 'bg-danger' },
    { name: 'fault', count: counts.fault, look: 'bg-info' },
    { name: 'silent', count: counts.silent, look: 'bg-neutral' },
    { name: 'drifting', count: counts.drifting, look: 'bg-warn' },
    { name: 'noData', count: counts.noData, look: 'bg-line' },
    { name: 'ok', count: counts.ok, look: 'bg-ok/45' },
  ] as const
  const present = parts.filter((part) => part.count > 0)
  return (
    <div className="flex items-center gap-3">
      <div aria-hidden className="flex h-2 w-28 shrink-0 gap-px overflow-hidden rounded-full bg-line">
        {present.map((part) => (
          <span key={part.name} className={part.look} style={{ flexGrow: part.count }} />
        ))}
      </div>
      <span className="text-sm whitespace-nowrap text-ink-muted tabular-nums">
        {t('summary', { ok: counts.ok, units: counts.units })}
        <span className="sr-only">
          {present.filter((part) => part.name !== 'ok').map((part) => `, ${t(part.name, { count: part.count })}`)}
        </span>
      </span>
    </div>
  )
}
