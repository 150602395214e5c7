'use client'
import { SkeletonRows } from '@opsflow/platform/web'
import { type ReactNode, startTransition, useEffect, useState } from 'react'

/** What lies below the figures: drawn after them, in pieces between which a phone answers to a thumb. */
export function Later({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState(false)
  useEffect(() => startTransition(() => setShown(true)), [])
  return shown ? children : <SkeletonRows rows={6} />
}
