'use client'
import { useRow } from '@opsflow/platform/client/sync/use-replica'
import type { WorkWords } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import { TASK } from '../sync-entities.ts'
import type { Task, TaskChange } from '../task.ts'

/** A change of a task, where it waits to be sent or was not done. */
export const tasksWork: WorkWords = {
  Text({ mutation }) {
    const t = useTranslations('tasks.work')
    const { id, status } = mutation.args as { id: string; status: TaskChange }
    const task = useRow<Task>(TASK, id)
    return t(status, { title: task?.title ?? t('gone') })
  },
  Reason({ result: { code, detail } }) {
    const t = useTranslations('tasks.work.reasons')
    const known = reasons.find((one) => code === `tasks.${one}`)
    return known ? t(known) : (detail ?? t('other'))
  },
  // What is over stays over: there is nothing to type anew.
  fixOf: () => undefined,
}

const reasons = ['not_open', 'stale_reopen', 'done_by_its_cause'] as const
