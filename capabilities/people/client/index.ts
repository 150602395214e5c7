export * from './account.ts'
export { useApiKeys, useMakeApiKey, useRevokeApiKey } from './api-keys.ts'
export { isSignedInAtClerk, leaveClerk, loadClerk } from './clerk.ts'
export { useDevices, useEnrolDevice, useRevokeDevice } from './devices.ts'
export {
  useAskForNewPassword,
  useAskToSignUp,
  useConfirmEmail,
  useDoor,
  useSetPasswordByLink,
  useSignInWithPasskey,
  useSignUp,
  useSignUpLink,
} from './door.ts'
export * from './events.ts'
export * from './invitations.ts'
export * from './logo.ts'
export * from './people.ts'
export { usePeopleFile } from './people-file.ts'
export * from './places.ts'
export { useChangeOrganization, useChangePreferences } from './preferences.ts'
export * from './push.ts'
export * from './roles.ts'
export {
  type KeptSession,
  type KeptSessions,
  useFirstRun,
  useFound,
  useSession,
  useSignIn,
  useSignOut,
  viewerOf,
} from './session.ts'
