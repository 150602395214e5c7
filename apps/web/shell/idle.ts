import { useEffect, useState } from 'react'

/** True once the page stands and the browser has nothing better to do. */
export function useIdle() {
  const [isIdle, setIdle] = useState(false)
  useEffect(() => whenIdle(() => setIdle(true)), [])
  return isIdle
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
