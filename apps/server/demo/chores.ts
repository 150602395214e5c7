import type { NewTask } from '@opsflow/capabilities/tasks'
import { dayOf } from './chain.ts'
import { draws } from './draws.ts'
import { localDays } from './local-days.ts'
import type { LocationPlan } from './plan.ts'
import type { Span } from './sensor-history.ts'

/** Work of an ordinary day. Its outcome is what became of it by the end of the history. */
export type Chore = Pick<NewTask, 'title' | 'taskType' | 'priority' | 'estimateMinutes' | 'assignedRole' | 'steps'> & {
  /** Names it for good, so that it is opened once. */
  key: string
  createdAt: number
  dueAt: number
  /** When it no longer matters that it was not done: the next business day has begun. */
  missedAt: number
  /** Null: not done, or not yet. */
  doneAt: number | null
  by: number
}

const MINUTE = 60_000
const DAY_BEGINS = 4 * 60

/** Shares of the demo's profile. */
const MISSED = 0.04
const LATE = 0.09

type ChoreTemplate = Omit<Chore, 'key' | 'createdAt' | 'dueAt' | 'missedAt' | 'doneAt' | 'by'> & {
  due: number
  weekday?: number
}

/** Minutes of the local day at which it is due; some only on one weekday (0 is Sunday). */
const DAILY: readonly ChoreTemplate[] = [
  { title: 'Prep list for lunch', taskType: 'prep', priority: 'medium', due: 10 * 60 + 30, estimateMinutes: 45 },
  { title: 'Sanitizer buckets: test and change', taskType: 'cleaning', priority: 'medium', due: 14 * 60 },
  { title: 'Date marks: sweep and discard', taskType: 'inventory', priority: 'medium', due: 15 * 60 + 30 },
  { title: 'Trash out, back door locked', taskType: 'cleaning', priority: 'high', due: 23 * 60, estimateMinutes: 10 },
  { title: 'Hood filters: degrease', taskType: 'cleaning', priority: 'medium', due: 15 * 60, weekday: 1 },
  {
    title: 'Walk-in: count and rotate',
    taskType: 'inventory',
    priority: 'medium',
    due: 9 * 60,
    weekday: 2,
    estimateMinutes: 40,
    assignedRole: 'org:manager',
  },
  { title: 'Ice machine: clean the bin', taskType: 'cleaning', priority: 'low', due: 15 * 60, weekday: 3 },
  { title: 'Door gaskets: inspect', taskType: 'maintenance', priority: 'low', due: 14 * 60 + 30, weekday: 4 },
]

/** The chores of a location that were opened in a span, the earliest first. A day's list is there when it begins. */
export function chores(location: LocationPlan, span: Span): Chore[] {
  const { opensAt, closesAt } = dayOf[location.kind]
  return localDays(location.timezone, span).flatMap(({ day, instantOf }) =>
    DAILY.filter(({ weekday }) => weekday === undefined || weekday === (day + 4) % 7).flatMap((chore) => {
      const { due, weekday: _, ...about } = chore
      const dueAt = instantOf(Math.min(Math.max(due, opensAt + 60), closesAt))
      const createdAt = instantOf(DAY_BEGINS)
      if (createdAt < span.from || createdAt >= span.to) return []
      const key = `${location.key}/${day}/${chore.title}`
      const draw = draws(key)
      const isLate = draw.isLucky(LATE)
      const done = dueAt + (isLate ? draw.whole([10, 110]) : -draw.whole([2, 80])) * MINUTE
      const doneAt = draw.isLucky(MISSED) || done >= span.to ? null : done
      const missedAt = instantOf(DAY_BEGINS + 24 * 60)
      return [{ ...about, key, createdAt, dueAt, missedAt, doneAt, by: draw.whole([0, 999]) }]
    }),
  )
}

/** Work with days to spare: whenever someone looks, something is left to do. */
export const weeklyWork = (location: LocationPlan, now: number): Chore => ({
  key: `${location.key}/descale`,
  title: 'Dish machine: descale',
  taskType: 'maintenance',
  priority: 'low',
  createdAt: now - 6 * 60 * MINUTE,
  dueAt: now + 3 * 24 * 60 * MINUTE,
  missedAt: now + 10 * 24 * 60 * MINUTE,
  estimateMinutes: 60,
  steps: ['Drain the tank', 'Fill with descaler', 'Run two empty cycles', 'Rinse, then check the spray arms'],
  doneAt: null,
  by: 0,
})

/** What a manager asked for by hand in the last days. */
export type Errand = {
  title: string
  taskType: 'maintenance' | 'cleaning' | 'inventory'
  priority: 'low' | 'medium' | 'high'
  dueInHours: number
  to: 'crew' | 'managers'
  steps?: readonly string[]
  comment?: string
}

export const ERRANDS: readonly Errand[] = [
  {
    title: 'Back door: the closer is weak',
    taskType: 'maintenance',
    priority: 'high',
    dueInHours: 26,
    to: 'managers',
    comment: 'It does not latch when the wind stands on it. The technician comes tomorrow morning.',
  },
  {
    title: 'Shelves in dry storage: wipe and re-label',
    taskType: 'cleaning',
    priority: 'medium',
    dueInHours: 7,
    to: 'crew',
    steps: ['Empty one shelf at a time', 'Wipe with sanitizer', 'New labels, oldest in front'],
  },
]
