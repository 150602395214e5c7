'use client'
import { lazy, Suspense } from 'react'
import { PageSkeleton } from '../../../../shell/frame.tsx'
import { WithId } from '../../../../shell/with-id.tsx'

/** Its code comes after the page answers. */
const Finding = lazy(() => import('./finding.tsx'))

export default function FindingPage() {
  return (
    <WithId>
      {(id) => (
        <Suspense fallback={<PageSkeleton />}>
          <Finding key={id} id={id} />
        </Suspense>
      )}
    </WithId>
  )
}
