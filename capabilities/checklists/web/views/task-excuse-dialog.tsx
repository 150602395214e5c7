'use client'
import type { Task } from '@opsflow/capabilities/tasks'
import { useExcuseTask } from '@opsflow/capabilities/tasks/client'
import { useTaskTitle } from '@opsflow/capabilities/tasks/web'
import { useTranslations } from 'use-intl'
import { ReasonDialog } from './reason-dialog.tsx'
import { useWords } from './use-words.ts'

/** Why a task is overdue, or was missed. */
export default function TaskExcuseDialog({ task, onClose }: { task: Task; onClose: () => void }) {
  const t = useTranslations('overview.excuse')
  const words = useWords()
  const excusing = useExcuseTask()
  const titleOf = useTaskTitle()
  return (
    <ReasonDialog
      title={t('taskTitle', { name: titleOf(task) })}
      text={`${words.place(task.locationId)}. ${t('taskText')}`}
      words={{
        ...{ save: t('taskSave'), takeBack: t('taskTakeBack') },
        ...{ saved: t('taskSaved'), takenBack: t('taskTakenBack') },
      }}
      said={task.excuse?.reason}
      busy={excusing.isPending}
      send={(reason) => excusing.mutateAsync({ id: task.id, reason })}
      onClose={onClose}
    />
  )
}
