import { useEffect, useState } from 'react'

/** Below this, a few photos more and nothing can be recorded. */
const LEAST_BYTES = 50_000_000
const CHECK_EVERY_MS = 5 * 60_000

/**
 * How many bytes are left for the app, once they are few. Chromium never says so (it reports ten gigabytes more than are
 * used, so that sites cannot tell devices apart): there the first to know is whatever cannot be written.
 */
export function useLittleRoom(): number | undefined {
  const [left, setLeft] = useState<number>()
  useEffect(() => {
    const check = () =>
      void roomLeft().then(
        (bytes) => setLeft(bytes < LEAST_BYTES ? bytes : undefined),
        () => undefined, // a browser that does not tell
      )
    check()
    const timer = setInterval(check, CHECK_EVERY_MS)
    return () => clearInterval(timer)
  }, [])
  return left
}

async function roomLeft(): Promise<number> {
  const { quota = Number.POSITIVE_INFINITY, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {}
  return Math.max(0, quota - usage)
}
