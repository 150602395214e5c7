'use client'
import { lazy, Suspense } from 'react'
import { PageSkeleton } from '../../../../shell/frame.tsx'
import { useScope } from '../../../../shell/session.ts'

/** Its code comes after the page answers. */
const Plans = lazy(() => import('./plans.tsx'))

export default function HaccpPage() {
  const locationId = useScope()?.id
  return (
    <Suspense fallback={<PageSkeleton />}>
      <Plans at={{ page: 'list', locationId }} />
    </Suspense>
  )
}
