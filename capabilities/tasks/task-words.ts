/** The words of tasks, apart from their schema: a page needs no zod. */
export const TASK_TYPES = ['prep', 'cleaning', 'inventory', 'maintenance', 'corrective', 'other'] as const
export const PRIORITIES = ['low', 'medium', 'high', 'urgent'] as const
export const BUILT_IN_ROLES = ['org:admin', 'org:manager', 'org:member'] as const
