import { Card } from '@opsflow/platform/web'
import type { ReactNode } from 'react'

/** A page before one is signed in: what it is for, and one card to do it. */
export function DoorCard({
  title,
  text,
  wide = false,
  children,
}: {
  title: string
  text?: string
  wide?: boolean
  children: ReactNode
}) {
  return (
    <div className={`w-full ${wide ? 'max-w-2xl' : 'max-w-sm'}`}>
      <h1 className="text-center text-2xl font-semibold tracking-[-0.025em] text-balance">{title}</h1>
      {text && <p className="mt-2 text-center text-[0.9375rem] text-balance text-ink-muted">{text}</p>}
      <Card className="mt-6 p-5 sm:p-6">{children}</Card>
    </div>
  )
}
