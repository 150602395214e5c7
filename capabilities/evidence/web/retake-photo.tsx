'use client'
import type { PhotoState } from '@opsflow/platform/client/files/photo-outbox'
import { lazy, Suspense } from 'react'

const RetakeButton = lazy(() => import('./retake/retake-button.tsx'))

/** Another photo in the place of one that was not kept. `isSaid`: with the words that it was not. */
export const RetakePhoto = (props: { photo: PhotoState; isSaid?: boolean }) => (
  <Suspense>
    <RetakeButton {...props} />
  </Suspense>
)
