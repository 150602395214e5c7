'use client'
import { lazy, Suspense } from 'react'
import type { TaskFormProps } from './task-form.tsx'

const TaskForm = lazy(() => import('./task-form.tsx'))

/** Its code is fetched when the first task is made or changed. */
export function LazyTaskForm(props: TaskFormProps) {
  return (
    <Suspense>
      <TaskForm {...props} />
    </Suspense>
  )
}
