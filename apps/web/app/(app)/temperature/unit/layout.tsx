'use client'
import { lazy, type ReactNode, Suspense } from 'react'
import { PageSkeleton } from '../../../../shell/frame.tsx'

/** They come when a page needs them, not before it answers. */
const Words = lazy(() => import('./words.tsx'))

export default function UnitLayout({ children }: { children: ReactNode }) {
  return (
    <Suspense fallback={<PageSkeleton />}>
      <Words>{children}</Words>
    </Suspense>
  )
}
