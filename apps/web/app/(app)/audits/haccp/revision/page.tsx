'use client'
import { lazy, Suspense } from 'react'
import { PageSkeleton } from '../../../../../shell/frame.tsx'
import { WithId } from '../../../../../shell/with-id.tsx'

/** Its code comes after the page answers. */
const Plans = lazy(() => import('../plans.tsx'))

export default function HaccpRevisionPage() {
  return (
    <WithId>
      {(id) => (
        <Suspense fallback={<PageSkeleton />}>
          <Plans at={{ page: 'revision', id }} />
        </Suspense>
      )}
    </WithId>
  )
}
