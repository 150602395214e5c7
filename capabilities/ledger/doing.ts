import { TimeQuality } from '@opsflow/platform/sync'

/** How a change came in, read from what the server says it was doing. */
export type WayIn =
  | { way: 'route'; route: string }
  | { way: 'command'; command: string; deviceAt: string; quality: TimeQuality }
  | { way: 'unknown' }

/** A route (`POST /tasks`), or a command of a device (`tasks.complete <uid> at <its time> (<how sure>)`). */
export function readDoing(doing: string | null): WayIn {
  if (doing === null) return { way: 'unknown' }
  const [, command, deviceAt, quality] = doing.match(/^(\S+) [0-9a-f-]{36} at (\S+) \((\w+)\)$/) ?? []
  const sure = TimeQuality.safeParse(quality)
  if (!command || !deviceAt || !sure.success) return { way: 'route', route: doing }
  return { way: 'command', command, deviceAt, quality: sure.data }
}
