/**
 * What people set (state), and what time makes of it (status). Nobody stores overdue or missed: open work past its time
 * is overdue, and from `missedAt` on it is missed. Done is done, however late.
 */
export const STATES = ['todo', 'in_progress', 'completed', 'cancelled'] as const
export const STATUSES = ['todo', 'in_progress', 'completed', 'overdue', 'missed', 'cancelled'] as const
type State = (typeof STATES)[number]
type Status = (typeof STATUSES)[number]

export type Timed = { state: State; dueAt: string | null; missedAt: string | null }

/** Still to be done, or on record as never done: nobody has completed or cancelled it. */
export const isOpen = (state: State) => state === 'todo' || state === 'in_progress'

/** The status at a moment, in milliseconds. The server says the same in SQL (server/status-sql.ts). */
export function statusAt({ state, dueAt, missedAt }: Timed, now: number): Status {
  if (!isOpen(state)) return state
  if (missedAt !== null && Date.parse(missedAt) <= now) return 'missed'
  return dueAt !== null && Date.parse(dueAt) < now ? 'overdue' : state
}

/** To be done now: open, and not given up by its rule. */
export const isToDo = (task: Timed, now: number) => isOpen(task.state) && statusAt(task, now) !== 'missed'
export const isOverdue = (task: Timed, now: number) => statusAt(task, now) === 'overdue'
