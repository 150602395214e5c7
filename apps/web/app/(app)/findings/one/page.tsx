'use client'
import { lazy, Suspense } from 'react'
import { PageSkeleton } from '../../../../shell/frame.tsx'
import { WithHistory } from '../../../../shell/with-history.tsx'

/** Its code comes after the page answers. */
const Finding = lazy(() => import('./finding.tsx'))

export default function FindingPage() {
  return (
    <WithHistory of="findings">
      {(id) => (
        <Suspense fallback={<PageSkeleton />}>
          <Finding key={id} id={id} />
        </Suspense>
      )}
    </WithHistory>
  )
}
