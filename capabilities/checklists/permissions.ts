export const checklistsPermissions = {
  'checklists.read': 'See checklists and what was answered.',
  'checklists.do': 'Do checklists: answer, complete, begin one by hand.',
  'checklists.verify': 'Verify and sign what someone else has done.',
  'checklists.manage': 'Make templates and schedules, publish them, and excuse what was missed.',
} as const

export type ChecklistsPermission = keyof typeof checklistsPermissions
