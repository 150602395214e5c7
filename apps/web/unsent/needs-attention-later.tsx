'use client'
import { SkeletonRows } from '@opsflow/platform/web'
import { lazy, Suspense } from 'react'

const NeedsAttention = lazy(() => import('./needs-attention.tsx'))

/** With the words of every capability, whose work it may be: they come after the page answers. */
export const NeedsAttentionLater = () => (
  <Suspense fallback={<SkeletonRows rows={3} />}>
    <NeedsAttention />
  </Suspense>
)
