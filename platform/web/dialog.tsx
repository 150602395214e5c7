'use client'
import { lazy, Suspense, useState } from 'react'
import type { DialogProps } from './dialog-panel.tsx'

const DialogPanel = lazy(() => import('./dialog-panel.tsx'))

/** Its code is fetched when the first dialog opens; then it stays, so that closing may be animated. */
export function Dialog(props: DialogProps) {
  const [wanted, setWanted] = useState(props.open)
  if (props.open && !wanted) setWanted(true)
  if (!wanted) return null
  return (
    <Suspense>
      <DialogPanel {...props} />
    </Suspense>
  )
}
