/**
 * Food processes: what a kitchen does to a food by the clock, and what proves that it was done safely.
 *
 *   processRules     the figures of each rule book: printed pairs, minutes, days
 *   judgeProcess     how a process stands at a moment, by what was read until then
 *   begun … verified what each deed makes of it, the same on a device and on the server
 *   askedTask        the task by which it asks for the next temperature, before the last moment for it
 *   dateMark         the last day of ready-to-eat food
 *   probeStanding    how much a probe's reading is worth
 */
export * from './asked-task.ts'
export * from './calibration.ts'
export * from './date-mark.ts'
export * from './endings.ts'
export * from './facts.ts'
export * from './judge-process.ts'
export * from './permissions.ts'
export * from './probe.ts'
export * from './probe-deeds.ts'
export * from './probe-standing.ts'
export * from './process.ts'
export * from './process-deeds.ts'
export * from './process-rules.ts'
export * from './process-words.ts'
export * from './routes.ts'
export * from './sync.ts'
export * from './sync-entities.ts'
export * from './verdict.ts'
