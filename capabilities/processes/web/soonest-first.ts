import type { Process } from '../process.ts'

/** What has failed, then what is asked for soonest; what asks for nothing, and labels by their day, come last. */
export function soonestFirst(processes: readonly Process[]): Process[] {
  const rank = ({ result, kind, nextAt }: Process) =>
    result === 'failed' ? 0 : kind === 'date_mark' || nextAt === null ? 2 : 1
  const at = ({ nextAt, beganAt }: Process) => Date.parse(nextAt ?? beganAt)
  return [...processes].sort((one, other) => rank(one) - rank(other) || at(one) - at(other))
}
