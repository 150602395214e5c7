import { useLocale } from 'use-intl'
import type { Task } from '../task.ts'
import { titleOf } from '../task-title.ts'

/** What a task is called, in the language of the screen. */
export function useTaskTitle() {
  const language = useLocale()
  return (task: Pick<Task, 'title' | 'said'>) => titleOf(task, language)
}
