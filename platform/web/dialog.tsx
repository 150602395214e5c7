'use client'
import { lazy, type ReactNode, Suspense, useState } from 'react'

export type DialogProps = {
  open: boolean
  onClose: () => void
  title: ReactNode
  description?: ReactNode
  children: ReactNode
  footer?: ReactNode
  /** In the middle, or a sheet: from the side on wide screens, from below on a phone. */
  place?: 'middle' | 'sheet' | 'top'
  /** The title is spoken, not shown. */
  quietTitle?: boolean
}

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
