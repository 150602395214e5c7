'use client'
import { useSearchParams } from 'next/navigation'
import { lazy, type ReactNode, Suspense } from 'react'

/** With the words of every capability; they come only when something is mended. */
const MendingOf = lazy(() => import('./mending-of.tsx'))

/** A form opened from "Needs attention" (`?mend=`) begins with what was typed there, and says why it came back. */
export function Mending({ children }: { children: ReactNode }) {
  const uid = useSearchParams().get('mend')
  return uid ? <MendingLater uid={uid}>{children}</MendingLater> : children
}

/** The same where the address names nothing: on a shared tablet. */
export const MendingLater = ({ uid, children }: { uid: string; children: ReactNode }) => (
  <Suspense>
    <MendingOf uid={uid}>{children}</MendingOf>
  </Suspense>
)
