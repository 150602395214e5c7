'use client'
import { Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

const LOOKS = {
  info: 'border-line bg-sunken text-ink',
  warn: 'border-warn/40 bg-warn-tint text-ink',
  danger: 'border-danger/40 bg-danger-tint text-ink',
}

/** Something to know before going on. */
export function Notice({ tone, children }: { tone: keyof typeof LOOKS; children: ReactNode }) {
  const Icon = tone === 'info' ? Info : TriangleAlert
  return (
    <div
      role={tone === 'danger' ? 'alert' : undefined}
      className={`flex gap-2.5 rounded-lg border px-3.5 py-2.5 text-[0.9375rem] leading-snug ${LOOKS[tone]}`}
    >
      <Icon aria-hidden className="mt-0.5 size-4.5 shrink-0" />
      <div className="min-w-0 wrap-anywhere">{children}</div>
    </div>
  )
}
