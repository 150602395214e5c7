'use client'
import { SkeletonRows } from '@opsflow/platform/web'
import { lazy, Suspense } from 'react'

const Calendar = lazy(() => import('./audit-calendar.tsx'))
const Compare = lazy(() => import('./compare-screen.tsx'))

/** Audits by the month; its code comes when someone looks at it. */
export const AuditCalendar = (props: { locationId: string | undefined }) => (
  <Suspense fallback={<SkeletonRows rows={8} />}>
    <Calendar {...props} />
  </Suspense>
)

/** Two audits of one template side by side, by the checklists they were. */
export const CompareScreen = (props: { one: string; other: string }) => (
  <Suspense fallback={<SkeletonRows rows={8} />}>
    <Compare {...props} />
  </Suspense>
)
