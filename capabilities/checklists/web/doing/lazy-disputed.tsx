'use client'
import { lazy, Suspense } from 'react'
import type { DisputedProps } from './disputed.tsx'

const DisputedHere = lazy(() => import('./disputed.tsx'))

/** Two answers to one question; its code comes when that happens. */
export const Disputed = (props: DisputedProps) => (
  <Suspense>
    <DisputedHere {...props} />
  </Suspense>
)
