'use client'
import { lazy, Suspense } from 'react'
import { PageSkeleton } from '../../../../shell/frame.tsx'
import { WithId } from '../../../../shell/with-id.tsx'

/** Its code comes after the page answers. */
const Imported = lazy(() => import('./imported.tsx'))

export default function ImportedAuditPage() {
  return (
    <WithId>
      {(id) => (
        <Suspense fallback={<PageSkeleton />}>
          <Imported key={id} id={id} />
        </Suspense>
      )}
    </WithId>
  )
}
