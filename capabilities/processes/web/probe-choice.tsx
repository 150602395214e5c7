'use client'
import { cx } from '@opsflow/platform/web'
import { TriangleAlert } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useProbeRows } from '../client/index.ts'
import { isDoubted, probeStanding } from '../probe-standing.ts'

/** Which thermometer is in the hand. One that is overdue or was off can be taken, and it is said beside the reading. */
export function ProbeChoice({
  locationId,
  now,
  value,
  onChange,
}: {
  locationId: string
  now: number
  value: string | null
  onChange: (id: string | null) => void
}) {
  const t = useTranslations('processes.probes')
  const probes = useProbeRows(locationId)
  const chosen = probes.find(({ id }) => id === value)
  const standing = chosen && probeStanding(chosen, now)
  if (probes.length === 0) return null
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 text-sm font-medium">{t('which')}</legend>
      <div className="flex flex-wrap gap-2">
        {probes.map((probe) => (
          <button
            key={probe.id}
            type="button"
            aria-pressed={probe.id === value}
            onClick={() => onChange(probe.id === value ? null : probe.id)}
            className={chipClass(probe.id === value)}
          >
            {isDoubted(probeStanding(probe, now)) && <TriangleAlert aria-hidden className="size-4 text-warn" />}
            {probe.name}
          </button>
        ))}
      </div>
      {standing && isDoubted(standing) && (
        <p
          role="status"
          className="flex items-start gap-2 rounded-lg border border-warn/45 bg-warn-tint px-3 py-2 text-sm"
        >
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
          {t(`doubts.${standing}`)}
        </p>
      )}
    </fieldset>
  )
}

/** One of several to press, with a wet finger. */
export const chipClass = (isChosen: boolean) =>
  cx(
    'inline-flex min-h-target items-center gap-2 rounded-lg border px-3.5 text-sm font-medium transition-colors',
    isChosen
      ? 'border-accent bg-accent-tint text-ink'
      : 'border-line-strong/45 bg-surface text-ink hover:border-line-strong hover:bg-sunken',
  )
