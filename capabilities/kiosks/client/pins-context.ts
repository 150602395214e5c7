import { createContext, useContext, useEffect } from 'react'
import { type OfflinePins, offlinePins } from './offline-pins.ts'
import { indexedDbKeep } from './pin-keep.ts'

/** The PINs that this tablet may look at alone. Opened at the first question, in the browser. */
export const PinsContext = createContext<OfflinePins>(offlinePins(indexedDbKeep()))
export const useTabletPins = () => useContext(PinsContext)

const TICK_MS = 60_000

/** Lets the tablet's own time go on while its page is open. */
export function useTabletTime() {
  const pins = useTabletPins()
  useEffect(() => {
    const timer = setInterval(() => void pins.tick().catch(() => undefined), TICK_MS)
    return () => clearInterval(timer)
  }, [pins])
}
