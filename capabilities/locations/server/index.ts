export { makeGroup } from './change-group.ts'
export { changeLocation } from './change-location.ts'
export { locationsApi } from './handlers.ts'
export { openLocation } from './open-location.ts'
