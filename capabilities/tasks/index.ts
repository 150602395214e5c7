export * from './facts.ts'
export * from './permissions.ts'
export * from './routes.ts'
export * from './task.ts'
