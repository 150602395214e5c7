import { useRows } from '@opsflow/platform/client/sync/use-replica'
import { useViewer } from '@opsflow/platform/client/viewer'
import { useMemo } from 'react'
import { TASK, TASK_COMMENT } from '../sync-entities.ts'
import type { Task, TaskComment } from '../task.ts'
import { inOrder, isListed, type TaskFilter } from '../task-filter.ts'

/** Tasks of the local copy, narrowed and in order: all that are open, and those that ended in its window. */
export function useTaskRows(filter: TaskFilter, now: number): readonly Task[] {
  const rows = useRows<Task>(TASK)
  const viewer = useViewer()
  return useMemo(
    () =>
      inOrder(
        rows.filter((task) => isListed(task, filter, viewer, now)),
        filter,
      ),
    [rows, filter, viewer, now],
  )
}

/** What was said about a task, as far as this device holds it, in its order. */
export function useTaskComments(taskId: string): readonly TaskComment[] {
  const rows = useRows<TaskComment>(TASK_COMMENT)
  return useMemo(
    () => rows.filter((said) => said.taskId === taskId).sort((a, b) => Date.parse(a.at) - Date.parse(b.at)),
    [rows, taskId],
  )
}

type UnitRow = { id: string; locationId: string; name: string; retiredAt: string | null }

/** Units are rows of another capability: of one, a task knows its name. */
export function useUnitsAt(locationId: string | undefined): readonly UnitRow[] {
  const rows = useRows<UnitRow>('unit')
  return useMemo(
    () =>
      rows
        .filter((unit) => unit.locationId === locationId && unit.retiredAt === null)
        .sort((a, b) => a.name.localeCompare(b.name)),
    [rows, locationId],
  )
}
