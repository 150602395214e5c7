import type { Tablet } from '../kiosk.ts'

const key = 'opsflow.tablet'

/** What the server last said of this tablet, for a start without it. Who was at it then is nobody's business now. */
export const keptTablet = {
  read(): { tablet: Tablet; at: number } | undefined {
    try {
      const kept = JSON.parse(localStorage.getItem(key) ?? 'null') as {
        shape: number
        tablet: Tablet
        at: number
      } | null
      return kept?.shape === shape ? kept : undefined
    } catch {
      return undefined
    }
  },
  write(tablet: Tablet) {
    try {
      if (tablet.state === 'unknown' || tablet.state === 'wiped') localStorage.removeItem(key)
      else localStorage.setItem(key, JSON.stringify({ shape, tablet: { ...tablet, person: null }, at: Date.now() }))
    } catch {
      localStorage.removeItem(key) // no room: better none than an old one
    }
  },
}

/** Raised when the fields of a tablet change. */
const shape = 1
