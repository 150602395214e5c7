/** Where this device is, asked once because someone pressed a button. Degrees; accuracy in metres. */
export type OwnPosition = { latitude: number; longitude: number; accuracy: number }

/** Why it is not known: they or the browser said no, it took too long, or the device cannot tell. */
export type NoPosition = 'denied' | 'timeout' | 'unavailable'

const LONGEST_MS = 20_000

/** Measured now: nothing from before is taken, and nothing is watched. */
export function askOwnPosition(): Promise<OwnPosition | NoPosition> {
  return new Promise((tell) => {
    if (!('geolocation' in navigator)) return tell('unavailable')
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude, accuracy } }) => tell({ latitude, longitude, accuracy }),
      ({ code }) => tell(code === 1 ? 'denied' : code === 3 ? 'timeout' : 'unavailable'),
      { enableHighAccuracy: true, maximumAge: 0, timeout: LONGEST_MS },
    )
  })
}
