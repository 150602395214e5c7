'use client'
import { cx, StatusBadge, type Tone, toneText } from '@opsflow/platform/web'
import { CircleCheck, CircleDashed, OctagonAlert, TriangleAlert, Unplug, WifiOff } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { UnitState } from '../records.ts'

type Status = UnitState['status']

export const statusTone: Record<Status, Tone> = {
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

/** How a unit stands, by colour and shape and word. */
export function UnitStatus({ status }: { status: Status }) {
  const t = useTranslations('temperature.status')
  return (
    <StatusBadge tone={statusTone[status]} icon={<UnitStatusShape status={status} />}>
      {t(status)}
    </StatusBadge>
  )
}

export function UnitStatusShape({ status, className }: { status: Status; className?: string }) {
  const Shape = shapes[status]
  return (
    <Shape
      aria-hidden
      strokeWidth={2.25}
      className={cx('shrink-0', toneText[statusTone[status]], className ?? 'size-4')}
    />
  )
}
