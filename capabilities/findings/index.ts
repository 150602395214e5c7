/**
 * Findings: what an audit found, and what becomes of it.
 *
 *   Finding          a failing answer that someone puts right by a day, and another person confirms
 *   visitFinds       what a visit finds: new, found again, found in order
 *   severityOf       how grave it is · dueOf: by when it is put right
 *   comesTooLate     what offline work still counts when it arrives
 *   foreseeFindings  the same on a device that completes an audit
 */
export * from './deadline.ts'
export * from './facts.ts'
export * from './finding.ts'
export * from './finding-change.ts'
export * from './finding-id.ts'
export * from './finding-input.ts'
export * from './finding-task.ts'
export * from './foresee.ts'
export * from './permissions.ts'
export * from './routes.ts'
export * from './sync.ts'
export * from './visit.ts'
export * from './words.ts'
