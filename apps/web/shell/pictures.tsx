'use client'
import { lazy, Suspense } from 'react'
import { useIdle } from './idle.ts'

const KeepPictures = lazy(() => import('./keep-pictures.tsx'))

/** What the checklists of this device show is fetched behind everything else, so that it is there without a network. */
export function Pictures({ organizationId }: { organizationId: string }) {
  if (!useIdle()) return null
  return (
    <Suspense>
      <KeepPictures organizationId={organizationId} />
    </Suspense>
  )
}
