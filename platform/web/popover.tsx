'use client'
import { CircleHelp } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import { cx } from './classes.ts'
import type { PopoverProps } from './popover-panel.tsx'

const loadPanel = () => import('./popover-panel.tsx')
const PopoverPanel = lazy(loadPanel)

/** A button with something to read beside it. Its code is fetched when a pointer or the focus comes near. */
export function Popover(props: PopoverProps) {
  const [wanted, setWanted] = useState(false)
  const closed = (
    <button
      type="button"
      aria-haspopup="dialog"
      aria-expanded={false}
      aria-label={props.label}
      className={props.className}
      onPointerEnter={loadPanel}
      onFocus={loadPanel}
      onClick={() => setWanted(true)}
    >
      {props.children}
    </button>
  )
  if (!wanted) return closed
  return (
    <Suspense fallback={closed}>
      <PopoverPanel {...props} />
    </Suspense>
  )
}

/** What a number means and how it is counted, one tap beside it. */
export function Definition({ of, children, className }: { of: string; children: ReactNode; className?: string }) {
  const t = useTranslations('ui.definition')
  return (
    <Popover
      label={t('label', { of })}
      title={of}
      content={<div className="text-ink-muted">{children}</div>}
      className={cx(
        'relative inline-flex size-6 shrink-0 items-center justify-center rounded-full align-middle text-ink-muted before:absolute before:-inset-3 hover:text-ink [&_svg]:size-4',
        className,
      )}
    >
      <CircleHelp aria-hidden />
    </Popover>
  )
}
