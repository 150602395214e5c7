'use client'
import { lazy, Suspense } from 'react'
import { PageSkeleton } from '../../../shell/frame.tsx'

/** Its code comes after the page answers. */
const Audits = lazy(() => import('./audits.tsx'))

export default function AuditsPage() {
  return (
    <Suspense fallback={<PageSkeleton />}>
      <Audits />
    </Suspense>
  )
}
