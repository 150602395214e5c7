'use client'
import { lazy, Suspense } from 'react'
import { PageSkeleton } from '../../../../shell/frame.tsx'
import { useScope } from '../../../../shell/session.ts'

/** Its code comes after the page answers. */
const Processes = lazy(() => import('../processes.tsx'))

export default function ProbesPage() {
  const scope = useScope()
  return (
    <Suspense fallback={<PageSkeleton />}>
      <Processes at={{ page: 'probes', locationId: scope?.id }} />
    </Suspense>
  )
}
