export {
  useChangeKiosk,
  useGivePin,
  useKiosks,
  usePins,
  useRenewCode,
  useRevokeKiosk,
  useSetUpKiosk,
  useWipeKiosk,
} from './manage.ts'
export { useChoosePin, useEnrolTablet, usePresence, useSignInAtTablet, useTablet } from './tablet.ts'
export { useIdle } from './use-idle.ts'
