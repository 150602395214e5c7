'use client'
import { cx } from '@opsflow/platform/web'
import { type ReactNode, useId, useState } from 'react'

/** What was said before lies under a touch; on paper everything shows. */
export function EarlierAnswers({ label, children }: { label: string; children: ReactNode }) {
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  return (
    <div className="text-sm text-ink-muted">
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
        className="inline-flex min-h-target items-center gap-2 print:min-h-0"
      >
        <span aria-hidden className={cx('transition-transform print:hidden', isOpen && 'rotate-90')}>
          ▸
        </span>
        {label}
      </button>
      <ul id={id} className={cx('gap-1.5 border-s-2 border-line ps-3 print:grid', isOpen ? 'grid' : 'hidden')}>
        {children}
      </ul>
    </div>
  )
}
