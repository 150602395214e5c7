export { locationsApi } from './handlers.ts'
export { openLocation } from './open-location.ts'
