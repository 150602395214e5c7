export { findingImplementations } from './http.ts'
export { findingServerMutators } from './mutators.ts'
export { openFindings } from './open-findings.ts'
export { syncedFindings } from './synced.ts'
