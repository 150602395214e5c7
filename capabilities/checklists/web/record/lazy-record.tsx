'use client'
import { SkeletonRows } from '@opsflow/platform/web'
import { lazy, Suspense } from 'react'

const Screen = lazy(async () => ({ default: (await import('./record-screen.tsx')).RecordScreen }))

/** The record of a checklist; its code comes when someone opens one. */
export const RecordScreen = ({ id }: { id: string }) => (
  <Suspense fallback={<SkeletonRows rows={8} />}>
    <Screen id={id} />
  </Suspense>
)
