'use client'
import { CloudOff, Lock, RotateCw, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from './button.tsx'
import { cx } from './classes.ts'

/** Nothing here yet: says why, and what to do next. Where it is all a page has, its title is the page's (`h1`). */
export function EmptyState({
  icon,
  title,
  children,
  action,
  compact,
  heading: Heading = compact ? 'h3' : 'h2',
}: {
  icon?: ReactNode
  title: ReactNode
  children?: ReactNode
  action?: ReactNode
  compact?: boolean
  heading?: 'h1' | 'h2' | 'h3'
}) {
  return (
    <div className={cx('flex flex-col items-center justify-center px-6 text-center', compact ? 'py-8' : 'py-16')}>
      {icon && (
        <span className="mb-4 flex size-12 items-center justify-center rounded-full bg-sunken text-ink-muted [&_svg]:size-6">
          {icon}
        </span>
      )}
      <Heading className="text-[0.9375rem] font-semibold">{title}</Heading>
      {children && <div className="mt-1 max-w-md text-sm text-balance text-ink-muted">{children}</div>}
      {action && <div className="mt-5 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  )
}

/** It did not work: in the kitchen's words, with a way to try again, and the request's id for whoever helps. */
export function ErrorState({ error, onRetry, compact }: { error: unknown; onRetry?: () => void; compact?: boolean }) {
  const t = useTranslations('ui.error')
  const { kind, requestId } = readError(error)
  const Icon = kind === 'unreachable' ? CloudOff : TriangleAlert
  return (
    <div role="alert">
      <EmptyState
        {...(compact && { compact })}
        icon={<Icon aria-hidden />}
        title={t(`${kind}.title`)}
        action={
          onRetry && (
            <Button onClick={onRetry}>
              <RotateCw aria-hidden />
              {t('retry')}
            </Button>
          )
        }
      >
        {t(`${kind}.text`)}
        {requestId && <span className="mt-2 block font-mono text-xs">{requestId}</span>}
      </EmptyState>
    </div>
  )
}

export function NoPermission({ action }: { action?: ReactNode }) {
  const t = useTranslations('ui.noPermission')
  return (
    <EmptyState icon={<Lock aria-hidden />} title={t('title')} action={action}>
      {t('text')}
    </EmptyState>
  )
}

/** Across the whole screen, above its content: what stands in the way, and what still works. */
export function Banner({
  tone,
  icon,
  action,
  children,
}: {
  tone: 'warn' | 'danger'
  icon: ReactNode
  action?: ReactNode
  children: ReactNode
}) {
  return (
    <div
      role="status"
      className={cx(
        'flex min-h-11 flex-wrap items-center gap-x-2.5 gap-y-2 border-b px-4 py-2 text-sm sm:px-6 [&_svg]:size-4 [&_svg]:shrink-0',
        tone === 'danger'
          ? 'border-danger/40 bg-danger-tint [&_svg]:text-danger'
          : 'border-warn/40 bg-warn-tint [&_svg]:text-warn',
      )}
    >
      {icon}
      <p className="min-w-0 flex-1 basis-60">{children}</p>
      {action}
    </div>
  )
}

/** Holds the place of what is loading, in its shape. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden
      className={cx('block animate-[breathe_1.6s_ease-in-out_infinite] rounded-md bg-sunken', className)}
    />
  )
}

/** Several rows that are loading, announced once. */
export function SkeletonRows({ rows = 4, className }: { rows?: number; className?: string }) {
  const t = useTranslations('ui')
  return (
    <div role="status" className={cx('grid gap-3', className)}>
      <span className="sr-only">{t('loading')}</span>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: place holders have no identity
        <Skeleton key={row} className="h-12 rounded-lg" />
      ))}
    </div>
  )
}

type ErrorKind = 'unreachable' | 'unavailable' | 'notFound' | 'forbidden' | 'unexpected'

function readError(error: unknown): { kind: ErrorKind; requestId?: string } {
  const { name, problem } = (error ?? {}) as { name?: string; problem?: { status: number; requestId: string } }
  if (name === 'Unreachable') return { kind: 'unreachable' }
  if (!problem) return { kind: 'unexpected' }
  const { status, requestId } = problem
  if (status === 404) return { kind: 'notFound' }
  if (status === 403) return { kind: 'forbidden' }
  return { kind: status === 503 || status === 429 ? 'unavailable' : 'unexpected', requestId }
}
