'use client'
import { lazy, Suspense } from 'react'
import { PageSkeleton } from '../../../../shell/frame.tsx'
import { WithHistory } from '../../../../shell/with-history.tsx'

/** Its code comes after the page answers. */
const Imported = lazy(() => import('./imported.tsx'))

export default function ImportedAuditPage() {
  return (
    <WithHistory of="imported_audits">
      {(id) => (
        <Suspense fallback={<PageSkeleton />}>
          <Imported key={id} id={id} />
        </Suspense>
      )}
    </WithHistory>
  )
}
