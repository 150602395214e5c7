export { found, type PlaceRow, rowsOf, targetsOf } from './place-rows.ts'
export {
  type Places,
  useChangeGroup,
  useChangeLocation,
  useMakeGroup,
  useMoveEffects,
  useOpenLocation,
  usePlaces,
} from './requests.ts'
