'use client'
import { lazy, Suspense } from 'react'
import { PageSkeleton } from '../../../shell/frame.tsx'

/** Its code comes after the page answers. */
const Inspector = lazy(() => import('./inspector.tsx'))

export default function InspectorPage() {
  return (
    <Suspense fallback={<PageSkeleton />}>
      <Inspector />
    </Suspense>
  )
}
