'use client'
import { EmptyState } from '@opsflow/platform/web'
import { ListChecks } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { Task } from '../task.ts'
import { TaskRow } from './task-row.tsx'

/** Tasks as rows with the one next step; `after` stands beside it. */
export function TaskList({ tasks, after }: { tasks: readonly Task[]; after?: (task: Task) => ReactNode }) {
  const t = useTranslations('tasks')
  if (tasks.length === 0) {
    return (
      <EmptyState compact icon={<ListChecks aria-hidden />} title={t('empty')}>
        {t('emptyText')}
      </EmptyState>
    )
  }
  return (
    <ul className="divide-y divide-line">
      {tasks.map((task) => (
        <TaskRow key={task.id} task={task} after={after?.(task)} />
      ))}
    </ul>
  )
}
