'use client'
import { SkeletonRows } from '@opsflow/platform/web'
import { type ComponentProps, lazy, Suspense } from 'react'

const load = () => import('./do-screen.tsx').then(({ DoScreen }) => ({ default: DoScreen }))
const Loaded = lazy(load)

/** Where a checklist may be opened next: its code is on the device before the network goes. */
export const fetchDoScreen = () => void load().catch(() => undefined)

/** Its code comes after the page answers. */
export function DoScreen(props: ComponentProps<typeof Loaded>) {
  return (
    <Suspense fallback={<SkeletonRows rows={6} />}>
      <Loaded {...props} />
    </Suspense>
  )
}
