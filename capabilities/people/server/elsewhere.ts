import { refuse } from '@opsflow/platform/refusal'

/** Where Clerk signs people in, accounts of ours have no ways in, and nobody is invited to make one. */
export const refuseElsewhere = (): never =>
  refuse('conflict', 'people.signs_in_elsewhere', {
    detail: 'This product signs people in with Clerk. Accounts and invitations of OpsFlow are not used here.',
  })
