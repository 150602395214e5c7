import { useRows } from '@opsflow/platform/client/sync/use-replica'
import { useViewer } from '@opsflow/platform/client/viewer'
import { useMemo } from 'react'
import { TASK } from '../sync-entities.ts'
import type { Task } from '../task.ts'
import { isToDo } from '../task-status.ts'

/** Tasks of the local copy: all that are open, and those that were completed in its window. The latest first. */
export function useTaskRows(view: 'open' | 'mine' | 'completed', locationId: string | undefined): readonly Task[] {
  const rows = useRows<Task>(TASK)
  const { memberId } = useViewer()
  return useMemo(() => {
    const now = Date.now()
    const here = rows.filter((task) => !locationId || task.locationId === locationId)
    if (view === 'completed') {
      return here.filter(({ status }) => status === 'completed').sort((a, b) => at(b.completedAt) - at(a.completedAt))
    }
    const open = here.filter((task) => isToDo(task, now)).sort((a, b) => at(b.createdAt) - at(a.createdAt))
    return view === 'mine' ? open.filter(({ assignedTo }) => assignedTo?.id === memberId) : open
  }, [rows, view, locationId, memberId])
}

const at = (instant: string | null) => (instant === null ? 0 : Date.parse(instant))
