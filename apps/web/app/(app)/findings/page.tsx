'use client'
import { lazy, Suspense } from 'react'
import { PageSkeleton } from '../../../shell/frame.tsx'

/** Its code comes after the page answers. */
const Findings = lazy(() => import('./findings.tsx'))

export default function FindingsPage() {
  return (
    <Suspense fallback={<PageSkeleton />}>
      <Findings />
    </Suspense>
  )
}
