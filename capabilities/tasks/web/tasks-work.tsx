'use client'
import { useRow } from '@opsflow/platform/client/sync/use-replica'
import type { WorkWords } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import { TASK } from '../sync-entities.ts'
import type { Task, TaskChange } from '../task.ts'
import { useTaskReason } from './refusal-text.tsx'
import { useTaskTitle } from './use-task-title.ts'

type Args = { id: string; taskId?: string; status?: TaskChange; title?: string }
const kinds = ['create', 'edit', 'undo', 'reopen', 'comment', 'tick', 'watch'] as const

/** What was done with a task, where it waits to be sent or was not done. */
export const tasksWork: WorkWords = {
  Text({ mutation }) {
    const t = useTranslations('tasks.work')
    const { id, taskId, status, title } = mutation.args as Args
    const task = useRow<Task>(TASK, taskId ?? id)
    const titleOf = useTaskTitle()
    const named = { title: (task && titleOf(task)) ?? title ?? t('gone') }
    const kind = kinds.find((one) => mutation.name === `tasks.${one}`)
    return kind ? t(kind, named) : t(status ?? 'todo', named)
  },
  Reason({ result: { code, detail } }) {
    return useTaskReason()(code, detail)
  },
  // What is over stays over: there is nothing to type anew.
  fixOf: () => undefined,
}
