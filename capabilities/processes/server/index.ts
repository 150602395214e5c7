export { processImplementations } from './http.ts'
export { processServerMutators } from './mutators.ts'
export { syncedProcesses } from './synced.ts'
