'use client'
import { cx, StatusBadge, type Tone, toneText } from '@opsflow/platform/web'
import { CircleAlert, CircleCheck, CircleDashed, OctagonAlert, TriangleAlert, Unplug, WifiOff } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { UnitState } from '../records.ts'

type Status = UnitState['status']

const statusTone: Record<Status, Tone> = {
  alarm: 'danger',
  fault: 'info',
  silent: 'neutral',
  drifting: 'warn',
  no_data: 'neutral',
  ok: 'ok',
}

const shapes = {
  alarm: OctagonAlert,
  fault: Unplug,
  silent: WifiOff,
  drifting: TriangleAlert,
  no_data: CircleDashed,
  ok: CircleCheck,
} satisfies Record<Status, unknown>

/**
 * How a unit stands, by colour and shape and word. Waking someone and being out of compliance are two things: a unit
 * that wakes nobody may still read outside its limit, and says so.
 */
export function UnitStatus({ status, isCompliant = null }: { status: Status; isCompliant?: boolean | null }) {
  const t = useTranslations('temperature.status')
  if (status === 'ok' && isCompliant === false) {
    return (
      <StatusBadge
        tone="warn"
        icon={<CircleAlert aria-hidden strokeWidth={2.25} className="size-4 shrink-0 text-warn" />}
      >
        {t('outOfLimit')}
      </StatusBadge>
    )
  }
  return (
    <StatusBadge tone={statusTone[status]} icon={<UnitStatusShape status={status} />}>
      {t(status)}
    </StatusBadge>
  )
}

function UnitStatusShape({ status, className }: { status: Status; className?: string }) {
  const Shape = shapes[status]
  return (
    <Shape
      aria-hidden
      strokeWidth={2.25}
      className={cx('shrink-0', toneText[statusTone[status]], className ?? 'size-4')}
    />
  )
}
