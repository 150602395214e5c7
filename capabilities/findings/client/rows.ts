import type { Task } from '@opsflow/capabilities/tasks'
import { TASK } from '@opsflow/capabilities/tasks/client'
import { useRow, useRows } from '@opsflow/platform/client/sync/use-replica'
import { useMemo } from 'react'
import type { Finding } from '../finding.ts'
import { CURRENCIES, FINDING } from '../words.ts'

/** What is owed at a place, or at all of them: overdue and soonest due first. Needs no network. */
export function useOwedFindings(locationId: string | undefined, state: 'open' | 'fixed'): readonly Finding[] {
  const rows = useRows<Finding>(FINDING)
  return useMemo(
    () =>
      rows
        .filter((one) => one.state === state && (locationId === undefined || one.locationId === locationId))
        .sort((one, other) => Date.parse(one.dueAt) - Date.parse(other.dueAt)),
    [rows, locationId, state],
  )
}

/** What an audit found, as far as this device knows; in the order of the gravest. */
export function useFindingsHere(checklistId: string): readonly Finding[] {
  const rows = useRows<Finding>(FINDING)
  return useMemo(() => rows.filter((one) => one.checklistId === checklistId), [rows, checklistId])
}

/** Of an item, what an earlier visit found and nobody has found in order since. */
export function useLastFinding(
  { id, locationId, templateId }: { id: string; locationId: string; templateId: string },
  itemId: string,
  entryId: string | null,
): Finding | undefined {
  const rows = useRows<Finding>(FINDING)
  return useMemo(
    () =>
      rows
        .filter(
          (one) =>
            one.itemId === itemId &&
            one.entryId === entryId &&
            one.checklistId !== id &&
            one.locationId === locationId &&
            one.templateId === templateId &&
            one.resolvedAt === null &&
            one.state !== 'withdrawn',
        )
        .sort((one, other) => Date.parse(other.openedAt) - Date.parse(one.openedAt))[0],
    [rows, id, locationId, templateId, itemId, entryId],
  )
}

/** Whose it is, as its task says: that can change while the finding stays as it is. */
export function useOwner({ taskId, assignedTo, assignedRole }: Finding): Pick<Finding, 'assignedTo' | 'assignedRole'> {
  const task = useRow<Task>(TASK, taskId)
  return task ?? { assignedTo, assignedRole }
}

/** What money is counted in at a place. */
export function useCurrency(locationId: string): string {
  const place = useRow<{ jurisdiction: keyof typeof CURRENCIES }>('location', locationId)
  return CURRENCIES[place?.jurisdiction ?? 'us']
}
