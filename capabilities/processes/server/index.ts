export { processImplementations } from './http.ts'
export { processServerMutators } from './mutators.ts'
export { listProcesses } from './store-processes.ts'
export { syncedProcesses } from './synced.ts'
