import type { HTMLAttributes, ReactNode } from 'react'
import { cx } from './classes.ts'
import { Link } from './link.tsx'
import type { Tone } from './tone.ts'
import { toneText, toneTint } from './tone.ts'

export function Card({ className, ...rest }: HTMLAttributes<HTMLDivElement>) {
  return <div {...rest} className={cx('rounded-xl border border-line bg-surface shadow-card', className)} />
}

/** A card with a heading, and what can be done beside it. */
export function Panel({
  title,
  hint,
  actions,
  children,
  className,
  flush,
}: {
  title: ReactNode
  hint?: ReactNode
  actions?: ReactNode
  children: ReactNode
  className?: string
  /** The content reaches the card's edges: lists, tables. */
  flush?: boolean
}) {
  return (
    <section className={cx('flex min-w-0 flex-col rounded-xl border border-line bg-surface shadow-card', className)}>
      <header className="flex min-h-target flex-wrap items-center gap-x-3 gap-y-1 px-4 pt-3 pb-2 sm:px-5">
        <h2 className="text-[0.9375rem] font-semibold tracking-[-0.01em]">{title}</h2>
        {hint && <span className="text-sm text-ink-muted">{hint}</span>}
        {actions && <div className="ms-auto flex items-center gap-1">{actions}</div>}
      </header>
      <div className={cx('min-h-0 flex-1', flush ? 'border-t border-line' : 'px-4 pb-4 sm:px-5 sm:pb-5')}>
        {children}
      </div>
    </section>
  )
}

/** One figure, tinted by what it means. With `href` the whole card leads there. */
export function MetricCard({
  label,
  value,
  hint,
  tone = 'neutral',
  icon,
  href,
}: {
  label: ReactNode
  value: ReactNode
  hint?: ReactNode
  tone?: Tone
  icon?: ReactNode
  href?: string
}) {
  const body = (
    <>
      <span className="flex items-center gap-2 text-sm font-medium text-ink-muted">
        {icon && <span className={cx('[&_svg]:size-4', toneText[tone])}>{icon}</span>}
        {label}
      </span>
      <span className="mt-1.5 block text-[1.75rem] leading-none font-semibold tracking-[-0.025em] tabular-nums">
        {value}
      </span>
      {hint && <span className="mt-2 block text-sm text-ink-muted">{hint}</span>}
    </>
  )
  const look = cx('block rounded-xl border border-line p-4 sm:px-5', toneTint[tone])
  if (!href) return <div className={look}>{body}</div>
  return (
    <Link
      href={href}
      className={cx(look, 'transition-[border-color,box-shadow] hover:border-line-strong/60 hover:shadow-card')}
    >
      {body}
    </Link>
  )
}
