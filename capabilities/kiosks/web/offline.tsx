'use client'
import { CloudOff } from 'lucide-react'
import type { ReactNode } from 'react'

/** Said where work goes on: what was typed stays. */
export function Offline({ children }: { children: ReactNode }) {
  return (
    <p
      role="status"
      className="flex min-h-14 items-center gap-3 border-b border-warn/40 bg-warn-tint px-4 py-2 font-medium sm:px-6"
    >
      <CloudOff aria-hidden className="size-6 shrink-0 text-warn" />
      {children}
    </p>
  )
}
