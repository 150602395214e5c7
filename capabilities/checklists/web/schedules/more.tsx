'use client'
import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'

/** What few need, one tap away. */
export function More({ label, open, children }: { label: ReactNode; open?: boolean; children: ReactNode }) {
  return (
    <details open={open} className="group rounded-lg border border-line">
      <summary className="flex min-h-target cursor-pointer list-none items-center justify-between gap-3 rounded-lg px-3.5 text-sm font-medium select-none hover:bg-sunken [&::-webkit-details-marker]:hidden">
        {label}
        <ChevronDown
          aria-hidden
          className="size-4 shrink-0 text-ink-muted transition-transform group-open:rotate-180"
        />
      </summary>
      <div className="grid justify-items-start gap-3 px-3.5 pt-1 pb-3.5 *:w-full">{children}</div>
    </details>
  )
}
