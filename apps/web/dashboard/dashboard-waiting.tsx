'use client'
import { Skeleton, SkeletonRows } from '@opsflow/platform/web'
import { MetricsWaiting } from './metrics.tsx'

/**
 * A dashboard before its code and its data. Whose it is, this device remembers (first-calls.ts), so that the figures
 * stand where they will stay.
 */
export function DashboardWaiting() {
  return (
    <>
      <div className="mb-5 sm:mb-6">
        <Skeleton className="h-8 w-56" />
        <Skeleton className="mt-2 h-5 w-72 max-w-full" />
        <Skeleton className="mt-4 h-11 w-full sm:hidden" />
      </div>
      <div className="hidden in-data-[role=member]:block">
        <MetricsWaiting team />
      </div>
      <div className="in-data-[role=member]:hidden">
        <MetricsWaiting />
      </div>
      <SkeletonRows rows={6} className="mt-5" />
    </>
  )
}
