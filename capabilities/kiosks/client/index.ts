export { isAway as isOutOfReach } from './away.ts'
export { useForgetTablet } from './forget.ts'
export {
  useChangeKiosk,
  useGivePin,
  useKiosks,
  usePins,
  useRenewCode,
  useRevokeKiosk,
  useSetUpKiosk,
  useVouchedWork,
  useWipeKiosk,
} from './manage.ts'
export { useTabletTime } from './pins-context.ts'
export { type Present, useChoosePin, usePresence, useSignInAtTablet, useSigning } from './presence.ts'
export { useEnrolTablet, useTablet } from './tablet.ts'
export { useIdle } from './use-idle.ts'
