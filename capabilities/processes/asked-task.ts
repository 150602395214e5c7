import type { NewTask } from '@opsflow/capabilities/tasks'
import { offsetClock } from '@opsflow/capabilities/temperature'
import type { Process } from './process.ts'
import type { Place } from './process-deeds.ts'

/** So long before the last moment a temperature is owed: whoever is told then still has time to take it. */
export const WARN_MINUTES = 10
const MINUTE = 60_000

/**
 * The task by which a process asks for what comes next: in the lists before the moment, overdue ten minutes before it, so that
 * the matter of its lateness is opened while there is still time. Null: it asks for nothing, or for what its label says.
 */
export function askedTask(process: Process, { timezone }: Pick<Place, 'timezone'>): (NewTask & { id: string }) | null {
  const { nextAsk, nextAt, plan, asked, locationId } = process
  if (nextAsk === null || nextAt === null || plan.kind === 'date_mark') return null
  const at = Date.parse(nextAt)
  const isFailed = process.result === 'failed'
  const dueAt =
    isFailed && nextAsk === 'discard' ? at : Math.max(at - WARN_MINUTES * MINUTE, Date.parse(process.beganAt))
  return {
    id: taskIdOf(process.id, asked),
    locationId,
    title: `${process.product}: ${titleOf(process, clockTime(at, timezone))}`.slice(0, 200),
    taskType: isFailed ? 'corrective' : 'prep',
    priority: isFailed ? 'urgent' : 'high',
    cause: causeOf(process.id, asked),
    dueAt: new Date(dueAt).toISOString(),
  }
}

/** Someone else is to look at what failed. */
export const verificationTask = (process: Process): (NewTask & { id: string }) | null =>
  process.needsVerification && process.state === 'finished' && process.finishedAt !== null
    ? {
        id: taskIdOf(process.id, process.asked),
        locationId: process.locationId,
        title: `${process.product}: verify how its ${KINDS[process.kind]} ended`.slice(0, 200),
        taskType: 'corrective',
        priority: 'high',
        assignedRole: 'org:manager',
        cause: causeOf(process.id, process.asked),
        dueAt: new Date(Date.parse(process.finishedAt) + 24 * 60 * MINUTE).toISOString(),
      }
    : null

/** The process behind the cause of a task. */
export const PROCESS_CAUSE = 'process'
export const causeOf = (processId: string, n: number) => ({ kind: `${PROCESS_CAUSE}.${n}`, id: processId })

/** The id of the n-th task of a process follows from its own, so that a device shows it before the server has spoken. */
export function taskIdOf(processId: string, n: number): string {
  const last = (Number.parseInt(processId.slice(-4), 16) ^ (0x5a00 + n)) & 0xffff
  const middle = (Number.parseInt(processId.slice(-12, -8), 16) ^ 0xa5c3) & 0xffff
  return `${processId.slice(0, -12)}${hex(middle)}${processId.slice(-8, -4)}${hex(last)}`
}
const hex = (value: number) => value.toString(16).padStart(4, '0')

const KINDS: Record<Process['kind'], string> = {
  cooling: 'cooling',
  reheating: 'reheating',
  hot_holding: 'hot holding',
  cooking: 'cooking',
  time_control: 'time without temperature control',
  thawing: 'thawing',
  date_mark: 'date mark',
}

function titleOf({ nextAsk, kind, edition }: Process, time: string): string {
  switch (nextAsk) {
    case 'stage1':
      return `take the temperature by ${time} (cooling, first stage)`
    case 'stage2':
      return `take the temperature by ${time} (cooling, last stage)`
    case 'reheat':
      return `did not cool in time: reheat it by ${time}, or discard it`
    case 'reach':
      return `reheated by ${time}: take the temperature`
    case 'use_or_discard':
      return `use it up or discard it by ${time}`
    case 'back_to_cold':
      return `cook it or make it cold again by ${time}`
    case 'discard':
      return `failed: discard it, and record that you did (${KINDS[kind]}, ${edition})`
    default:
      return `take the temperature by ${time} (${KINDS[kind]})`
  }
}

function clockTime(at: number, timezone: string): string {
  const local = new Date(at + offsetClock(timezone)(at) * MINUTE)
  return local.toISOString().slice(11, 16)
}
