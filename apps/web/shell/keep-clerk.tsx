import { isSignedInAtClerk, loadClerk, useDoor } from '@opsflow/capabilities/people/client'
import { useEffect, useState } from 'react'

/** Clerk's tokens live a minute: where it signed someone in, its script stays at hand and renews the cookie. */
export function KeepClerk() {
  const [needed, setNeeded] = useState(false)
  useEffect(() => setNeeded(isSignedInAtClerk()), [])
  return needed ? <Renewing /> : null
}

function Renewing() {
  const { data } = useDoor()
  useEffect(() => {
    if (data?.clerk) loadClerk(data.clerk).catch(() => undefined) // the next request without a token leads to the sign-in
  }, [data])
  return null
}
