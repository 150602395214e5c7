'use client'
import { Button, cx } from '@opsflow/platform/web'
import { Check, Timer } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'

/** Counts how long the food is held at its temperature; what it counted goes with the reading. */
export function HoldTimer({
  seconds,
  value,
  onChange,
}: {
  seconds: number
  value: number | null
  onChange: (seconds: number | null) => void
}) {
  const t = useTranslations('processes.hold')
  const [startedAt, setStartedAt] = useState<number>()
  useEffect(() => {
    if (startedAt === undefined) return
    const timer = setInterval(() => onChange(Math.floor((performance.now() - startedAt) / 1000)), 250)
    return () => clearInterval(timer)
  }, [startedAt, onChange])
  const held = value ?? 0
  const isEnough = held >= seconds
  return (
    <div className="flex flex-wrap items-center gap-3 rounded-lg bg-sunken p-3">
      <p className="min-w-0 flex-1 basis-48">
        <span className="block text-sm">{t('text', { seconds })}</span>
        <span
          className={cx(
            'inline-flex items-center gap-2 text-2xl font-semibold tabular-nums',
            isEnough && value !== null && 'text-ok',
          )}
        >
          {isEnough && value !== null && <Check aria-hidden className="size-6" />}
          {t('seconds', { seconds: held })}
        </span>
      </p>
      <Button
        className="min-h-14 text-base"
        onClick={() => {
          if (startedAt === undefined) {
            onChange(0)
            setStartedAt(performance.now())
          } else {
            onChange(Math.floor((performance.now() - startedAt) / 1000))
            setStartedAt(undefined)
          }
        }}
      >
        <Timer aria-hidden />
        {t(startedAt === undefined ? 'start' : 'stop')}
      </Button>
    </div>
  )
}
