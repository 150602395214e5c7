import { ErrorState, SkeletonRows } from '@opsflow/platform/web'
import { useEffect, useRef, useState } from 'react'
import { type ClerkDoor, type ClerkInPage, loadClerk } from '../../client/clerk.ts'

/** Clerk's own sign-in, drawn by its script. Whoever is signed in there already goes straight on. */
export function ClerkSignIn({ door, onSignedIn }: { door: ClerkDoor; onSignedIn: () => void }) {
  const place = useRef<HTMLDivElement>(null)
  const [failure, setFailure] = useState<unknown>()
  const [isShown, setShown] = useState(false)
  const [attempt, setAttempt] = useState(0)
  const goOn = useRef(onSignedIn)
  goOn.current = onSignedIn

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt runs it again
  useEffect(() => {
    let isGone = false
    let clerk: ClerkInPage | undefined
    let stopListening: (() => void) | undefined
    let hasGone = false
    const signedIn = () => {
      if (isGone || hasGone) return
      hasGone = true
      goOn.current()
    }
    setFailure(undefined)
    loadClerk(door).then(
      (loaded) => {
        if (isGone || !place.current) return
        if (loaded.session) return signedIn()
        clerk = loaded
        stopListening = loaded.addListener(({ session }) => session && signedIn())
        loaded.mountSignIn(place.current, { routing: 'hash', forceRedirectUrl: location.href })
        setShown(true)
      },
      (error: unknown) => !isGone && setFailure(error),
    )
    return () => {
      isGone = true
      stopListening?.()
      if (place.current) clerk?.unmountSignIn(place.current)
    }
  }, [door.publishableKey, attempt])

  return (
    <>
      {failure ? <ErrorState error={failure} onRetry={() => setAttempt(attempt + 1)} /> : !isShown && <SkeletonRows />}
      <div ref={place} className="flex justify-center" />
    </>
  )
}
