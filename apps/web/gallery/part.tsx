import type { ReactNode } from 'react'

/** One chapter of the gallery; the navigation leads here. */
export function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section
      id={id}
      aria-labelledby={`${id}-title`}
      className="scroll-mt-20 border-t border-line pt-6 pb-10 first:border-0"
    >
      <h2 id={`${id}-title`} className="mb-4 text-heading font-semibold tracking-[-0.015em]">
        {title}
      </h2>
      <div className="grid grid-cols-1 gap-5">{children}</div>
    </section>
  )
}

export const Row = ({ children }: { children: ReactNode }) => (
  <div className="flex flex-wrap items-center gap-3">{children}</div>
)
