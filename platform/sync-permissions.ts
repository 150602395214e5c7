/** Who decides about others' offline work that could not simply be done. */
export const syncPermissions = {
  'sync.review': 'Decide about offline work of people who may not do it any more, and take refused work off a device.',
} as const
export type SyncPermission = keyof typeof syncPermissions
