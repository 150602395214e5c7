'use client'
import { lazy, Suspense, useEffect, useState } from 'react'

const Device = lazy(() => import('../device/device.tsx'))

/** What can wait until the page stands and the browser has nothing better to do. */
export function Afterwards() {
  const [due, setDue] = useState(false)
  useEffect(() => whenIdle(() => setDue(true)), [])
  if (!due || process.env.NODE_ENV !== 'production') return null
  return (
    <Suspense>
      <Device />
    </Suspense>
  )
}

/** Where a browser does not tell that it is idle (Safari), a while later. */
function whenIdle(work: () => void) {
  let cancel: (() => void) | undefined
  const wait = () => {
    if ('requestIdleCallback' in window) {
      const handle = requestIdleCallback(work, { timeout: 5000 })
      cancel = () => cancelIdleCallback(handle)
    } else {
      const timer = setTimeout(work, 2000)
      cancel = () => clearTimeout(timer)
    }
  }
  if (document.readyState === 'complete') wait()
  else addEventListener('load', wait, { once: true })
  return () => {
    removeEventListener('load', wait)
    cancel?.()
  }
}
