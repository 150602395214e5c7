export { useApiKeys, useMakeApiKey, useRevokeApiKey } from './api-keys.ts'
export { useDevices, useEnrolDevice, useRevokeDevice } from './devices.ts'
export { useFirstRun, useFound, useSession, useSignIn, useSignOut, viewerOf } from './session.ts'
