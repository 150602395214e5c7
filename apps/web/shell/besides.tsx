'use client'
import type { Session } from '@opsflow/capabilities/people'
import { lazy, Suspense } from 'react'
import { useIdle } from './idle.ts'

const KeepBesides = lazy(() => import('./keep-besides.tsx'))

/** What is kept beside the copy, for when there is no network, is fetched behind everything else. */
export function Besides({ session }: { session: Session }) {
  if (!useIdle()) return null
  return (
    <Suspense>
      <KeepBesides session={session} />
    </Suspense>
  )
}
