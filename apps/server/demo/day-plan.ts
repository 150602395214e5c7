import type { NewSchedule } from '@opsflow/capabilities/checklists'
import type { ChainKind } from './chain.ts'

/** What a day of the chain consists of: which checklist of the library, when, and for whom. */
export type DayPlan = {
  name: string
  /** Of the library; `.` at its end: the one of the location's kind. */
  template: string
  role?: 'org:manager'
  timing: Omit<NewSchedule['timing'], 'from' | 'to' | 'seasons' | 'except' | 'onClosedDays'>
  kinds?: readonly ChainKind[]
}

const DAILY = { every: 'day', interval: 1 } as const
const on = (...weekdays: number[]) => ({ every: 'week', interval: 1, weekdays }) as const
const at = (time: string) => ({ by: 'clock', at: time }) as const
const margins = (visibleMinutesBefore: number, lateMinutesAfter: number, missedMinutesAfter: number) => ({
  ...{ visibleMinutesBefore, lateMinutesAfter, missedMinutesAfter },
})

export const DAY_PLAN: readonly DayPlan[] = [
  {
    name: 'Opening',
    template: 'opening.',
    timing: { recurrence: DAILY, slots: [{ by: 'opening', minutes: 0 }], ...margins(90, 15, 180) },
  },
  {
    name: 'Line check',
    template: 'line_check.',
    timing: { recurrence: DAILY, slots: [at('11:15'), at('15:30')], ...margins(45, 30, 150) },
  },
  {
    name: 'Receiving',
    template: 'receiving',
    timing: { recurrence: on(1, 3, 5), slots: [at('10:00')], ...margins(180, 60, 240) },
  },
  {
    name: 'Cooling',
    template: 'cooling',
    kinds: ['full_service', 'quick_service'],
    timing: { recurrence: DAILY, slots: [at('21:00')], ...margins(360, 60, 240) },
  },
  {
    name: 'Manager’s walk',
    template: 'managers_walk.',
    role: 'org:manager',
    timing: { recurrence: on(1, 4), slots: [at('14:00')], ...margins(240, 120, 480) },
  },
  {
    name: 'Self-audit of the week',
    template: 'audit.opening_walk',
    role: 'org:manager',
    timing: { recurrence: on(2), slots: [{ by: 'opening', minutes: 60 }], ...margins(120, 120, 480) },
  },
  {
    name: 'District audit of the month',
    template: 'audit.food_safety',
    role: 'org:manager',
    timing: {
      recurrence: { every: 'month', interval: 1, days: [], nth: [{ nth: 1, weekday: 3 }] },
      ...{ slots: [at('15:00')], ...margins(300, 120, 480) },
    },
  },
  {
    name: 'Closing',
    template: 'closing.',
    timing: { recurrence: DAILY, slots: [{ by: 'closing', minutes: 30 }], ...margins(150, 30, 180) },
  },
]
