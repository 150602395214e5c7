'use client'
import { lazy, Suspense } from 'react'
import { PageSkeleton } from '../../../shell/frame.tsx'
import { useScope } from '../../../shell/session.ts'

/** Its code comes after the page answers. */
const Processes = lazy(() => import('./processes.tsx'))

export default function ProcessesPage() {
  const scope = useScope()
  return (
    <Suspense fallback={<PageSkeleton />}>
      <Processes at={{ page: 'list', locationId: scope?.id }} />
    </Suspense>
  )
}
