import { CircleCheck, CircleDashed, CircleDot, Info, OctagonAlert, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './classes.ts'
import { type Tone, toneEdge, toneText, toneTint } from './tone.ts'

const shapes = {
  ok: CircleCheck,
  warn: TriangleAlert,
  danger: OctagonAlert,
  info: Info,
  accent: CircleDot,
  neutral: CircleDashed,
} as const

/** The shape of a tone, for places where its word stands nearby. */
export function StatusShape({ tone, className }: { tone: Tone; className?: string }) {
  const Shape = shapes[tone]
  return <Shape aria-hidden className={cx('shrink-0', toneText[tone], className ?? 'size-4')} strokeWidth={2.25} />
}

/** Colour and shape and word: any one of the three is enough to understand it. */
export function StatusBadge({ tone, children, icon }: { tone: Tone; children: ReactNode; icon?: ReactNode }) {
  return (
    <span
      className={cx(
        'inline-flex items-center gap-1.5 rounded-full border py-0.5 ps-1.5 pe-2.5 text-[0.8125rem] leading-5 font-medium whitespace-nowrap text-ink',
        toneEdge[tone],
        toneTint[tone],
      )}
    >
      {icon ?? <StatusShape tone={tone} />}
      {children}
    </span>
  )
}
