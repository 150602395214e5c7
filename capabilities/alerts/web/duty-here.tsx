'use client'
import { lazy, Suspense } from 'react'

const DutyPanel = lazy(() => import('./duty-panel.tsx'))

/** On a shared tablet: who is manager on duty at its location, for everyone; whoever may takes it with their PIN. */
export const DutyHere = ({ locationId }: { locationId: string }) => (
  <div className="-mt-3">
    <Suspense>
      <DutyPanel locationId={locationId} />
    </Suspense>
  </div>
)
