'use client'
import { lazy, Suspense } from 'react'

const Nowhere = lazy(() => import('../shell/nowhere.tsx'))

/** Every page brings this one along for the address that leads nowhere; what it shows comes when it is needed. */
export default function NotFound() {
  return (
    <Suspense>
      <Nowhere />
    </Suspense>
  )
}
