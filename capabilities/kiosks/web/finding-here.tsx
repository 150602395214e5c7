'use client'
import { SkeletonRows } from '@opsflow/platform/web'
import { lazy, Suspense } from 'react'

const Finding = lazy(() => import('./finding-with-words.tsx'))

/** One finding on the tablet; its code and words come when someone opens one. */
export const FindingHere = ({ id }: { id: string }) => (
  <Suspense fallback={<SkeletonRows rows={6} />}>
    <Finding id={id} />
  </Suspense>
)
