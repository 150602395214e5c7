export * from './facts.ts'
export * from './location.ts'
export * from './permissions.ts'
export * from './routes.ts'
