'use client'
import { lazy, Suspense } from 'react'
import { PageSkeleton } from '../../../../shell/frame.tsx'

/** Its code comes after the page answers. */
const Imports = lazy(() => import('./imports.tsx'))

export default function ImportAuditsPage() {
  return (
    <Suspense fallback={<PageSkeleton />}>
      <Imports />
    </Suspense>
  )
}
