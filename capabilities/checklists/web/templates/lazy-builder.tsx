'use client'
import { SkeletonRows } from '@opsflow/platform/web'
import { type ComponentProps, lazy, Suspense } from 'react'

const Loaded = lazy(() => import('./builder-screen.tsx').then(({ BuilderScreen }) => ({ default: BuilderScreen })))

/** Its code comes after the page answers. */
export const BuilderScreen = (props: ComponentProps<typeof Loaded>) => (
  <Suspense fallback={<SkeletonRows rows={6} />}>
    <Loaded {...props} />
  </Suspense>
)
