'use client'
import { lazy, Suspense } from 'react'
import { PageSkeleton } from '../../../../shell/frame.tsx'
import { useScope } from '../../../../shell/session.ts'
import { Mending } from '../../../../unsent/mending.tsx'

/** Its code comes after the page answers. */
const Processes = lazy(() => import('../processes.tsx'))

export default function BeginProcessPage() {
  const scope = useScope()
  return (
    <Suspense fallback={<PageSkeleton />}>
      <Mending>
        <Processes at={{ page: 'new', locationId: scope?.id }} />
      </Mending>
    </Suspense>
  )
}
