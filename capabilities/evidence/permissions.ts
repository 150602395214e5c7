export const evidencePermissions = {
  'evidence.read': 'See the photos and files of records.',
  'evidence.add': 'Add photos and files to one’s own records.',
  'evidence.waive': 'Do without a photo that has not arrived, with a reason.',
} as const

export type EvidencePermission = keyof typeof evidencePermissions
