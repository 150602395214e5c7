export type { Location } from '../location.ts'
export { measured } from '../position.ts'
export { LOCATION } from '../sync-entities.ts'
export { found, type PlaceRow, rowsOf, targetsOf } from './place-rows.ts'
export {
  type Places,
  useChangeGroup,
  useChangeLocation,
  useLocationsFile,
  useMakeGroup,
  useMoveEffects,
  useOpenLocation,
  usePlaces,
} from './requests.ts'
export { type TableFile, useTableFile } from './table-file.ts'
