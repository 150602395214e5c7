'use client'
import { lazy, Suspense } from 'react'
import type { PhotoFieldProps } from './photo-field-panel.tsx'

const PhotoFieldPanel = lazy(() => import('./photo-field-panel.tsx'))

/**
 * Photos of a record, from the camera (and, where that is allowed, from the gallery). Its code comes after the form it
 * stands in; its place is held.
 */
export function PhotoField(props: PhotoFieldProps) {
  if (!props.field.isOpen) return null
  return (
    <Suspense fallback={<div className="mt-7 min-h-target" />}>
      <PhotoFieldPanel {...props} />
    </Suspense>
  )
}
