'use client'
import type { ReactNode } from 'react'

/** Fields of a sheet that belong together, under their heading. */
export function Group({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  return (
    <section className="border-t border-line pt-4">
      <h3 className="text-[0.9375rem] font-semibold">{title}</h3>
      {hint && <p className="mt-0.5 mb-2 text-sm text-ink-muted">{hint}</p>}
      {children}
    </section>
  )
}
