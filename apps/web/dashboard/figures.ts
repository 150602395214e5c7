import type { Counts } from './board-of.ts'

export type FigureName = 'alarm' | 'attention' | 'actions' | 'compliance' | 'todo' | 'overdue'
export type Figures = Record<FigureName, number | null>

/**
 * The figures a day is judged by, of some locations together. Null: nothing to say yet. It calls nothing but itself:
 * its text also runs in the head of the page, before any other code has arrived (first-figures.ts).
 */
export function figuresOf(all: readonly Counts[]): Figures {
  const sum = (name: keyof Counts) => all.reduce((total, counts) => total + counts[name], 0)
  const judged = sum('judgedToday')
  return {
    alarm: sum('alarm'),
    attention: sum('drifting') + sum('fault') + sum('silent'),
    actions: sum('openCorrectiveActions'),
    // Rounded down: 99.96 % is not 100 %, one reading out of its limit must stay visible.
    compliance: judged === 0 ? null : Math.floor((sum('compliantToday') / judged) * 1000) / 1000,
    todo: sum('tasksOpen'),
    overdue: sum('tasksOverdue'),
  }
}
