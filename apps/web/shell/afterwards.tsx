'use client'
import { lazy, Suspense } from 'react'
import { useIdle } from './idle.ts'

const Device = lazy(() => import('../device/device.tsx'))

/** What can wait until the page stands and the browser has nothing better to do. */
export function Afterwards() {
  const due = useIdle()
  if (!due || process.env.NODE_ENV !== 'production') return null
  return (
    <Suspense>
      <Device />
    </Suspense>
  )
}
