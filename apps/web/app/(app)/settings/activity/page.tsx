'use client'
import { EventsScreen } from '@opsflow/capabilities/people/web'
import { SkeletonRows } from '@opsflow/platform/web'
import { lazy, Suspense } from 'react'

/** Its code comes after the page answers. */
const Evidence = lazy(() => import('./evidence.tsx'))

export default function ActivityPage() {
  return (
    <EventsScreen>
      <Suspense fallback={<SkeletonRows rows={3} className="mb-6" />}>
        <Evidence />
      </Suspense>
    </EventsScreen>
  )
}
