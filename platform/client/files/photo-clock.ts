import { browserClocks, DeviceClock, type Heard } from '../sync/device-clock.ts'
import type { PhotoClock } from './upload.ts'

const KEY = 'opsflow.photos.clock'

/** This device's clocks beside the server's, by the times its answers name. What was heard last outlives the session. */
export function photoClock(): PhotoClock {
  const clock = new DeviceClock(browserClocks())
  let heard = lastHeard()
  return {
    read: () => clock.read(heard),
    start: clock.start,
    heard(response, began) {
      const named = Date.parse(response.headers.get('date') ?? '')
      if (Number.isNaN(named)) return
      // A header names whole seconds, rounded down.
      heard = clock.heard(new Date(named + 500).toISOString(), began)
      localStorage.setItem(KEY, JSON.stringify(heard))
    },
  }
}

const lastHeard = (): Heard => JSON.parse(localStorage.getItem(KEY) ?? '{"offsetMs":null,"heardAt":null}')
