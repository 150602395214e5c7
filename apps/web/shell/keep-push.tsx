'use client'
import { lazy, Suspense, useEffect, useState } from 'react'

const Kept = lazy(() => import('./kept-push.tsx'))

/** Looks after push messages where this browser gave leave for them; its code comes only there, and after the page. */
export function KeepPush() {
  const [isDue, setDue] = useState(false)
  useEffect(() => {
    if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return
    const timer = setTimeout(() => setDue(true), 3000)
    return () => clearTimeout(timer)
  }, [])
  return isDue ? (
    <Suspense>
      <Kept />
    </Suspense>
  ) : null
}
