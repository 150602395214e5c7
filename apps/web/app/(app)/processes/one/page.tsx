'use client'
import { lazy, Suspense } from 'react'
import { PageSkeleton } from '../../../../shell/frame.tsx'
import { WithHistory } from '../../../../shell/with-history.tsx'
import { Mending } from '../../../../unsent/mending.tsx'

/** Its code comes after the page answers. */
const Processes = lazy(() => import('../processes.tsx'))

export default function ProcessPage() {
  return (
    <WithHistory of="processes">
      {(id) => (
        <Mending>
          <Suspense fallback={<PageSkeleton />}>
            <Processes at={{ page: 'one', id }} />
          </Suspense>
        </Mending>
      )}
    </WithHistory>
  )
}
