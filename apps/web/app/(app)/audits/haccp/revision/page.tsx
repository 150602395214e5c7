'use client'
import { lazy, Suspense } from 'react'
import { PageSkeleton } from '../../../../../shell/frame.tsx'
import { WithHistory } from '../../../../../shell/with-history.tsx'

/** Its code comes after the page answers. */
const Plans = lazy(() => import('../plans.tsx'))

export default function HaccpRevisionPage() {
  return (
    <WithHistory of="haccp_revisions">
      {(id) => (
        <Suspense fallback={<PageSkeleton />}>
          <Plans at={{ page: 'revision', id }} />
        </Suspense>
      )}
    </WithHistory>
  )
}
