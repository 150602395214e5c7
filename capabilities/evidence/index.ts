/**
 * What proves a record: photos and files. A record names them by id and hash when it is made; their bytes may come
 * days later, from a device that was offline. Until then the record waits, and nobody confirms it.
 */
export * from './evidence.ts'
export * from './facts.ts'
export * from './permissions.ts'
export * from './routes.ts'
export * from './standing.ts'
export * from './sync.ts'
export * from './sync-entity.ts'
