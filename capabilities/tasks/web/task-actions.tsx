'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, ButtonLink, Card, Dialog, Field, TextArea, useToast } from '@opsflow/platform/web'
import { Check, Play, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useChangeTask, useReopenTask, useUndoTask } from '../client/index.ts'
import type { Task } from '../task.ts'
import { causePathOf, workPath } from '../work-path.ts'
import { useNextStep } from './next-step.tsx'
import { RefusalText } from './refusal-text.tsx'
import { useTaskTitle } from './use-task-title.ts'

/** What can be done with it now: large, and one of them first. */
export function TaskActions({ task, status }: { task: Task; status: Task['status'] }) {
  const t = useTranslations('taskPages')
  const words = useTranslations('tasks')
  const viewer = useViewer()
  const { next, go, isPending } = useNextStep(task)
  const change = useChangeTask()
  const undo = useUndoTask()
  const toast = useToast()
  const titleOf = useTaskTitle()
  const [reopening, setReopening] = useState(false)
  const isOver = task.state === 'completed' || task.state === 'cancelled'

  if (task.taskType === 'corrective') {
    return (
      <Card className="flex flex-wrap items-center gap-3 p-4">
        <p className="min-w-48 flex-1 text-[0.9375rem]">{t('byItsAction')}</p>
        <ButtonLink look="primary" href={workPath(task)}>
          {words('open')}
        </ButtonLink>
      </Card>
    )
  }
  if (!next && !isOver) return null
  if (isOver) {
    return viewer.can('tasks.reopen', task.locationId) ? (
      <Card className="flex flex-wrap items-center gap-3 p-4">
        <p className="min-w-48 flex-1 text-[0.9375rem] text-ink-muted">{t('isOver')}</p>
        <Button onClick={() => setReopening(true)}>
          <RotateCcw aria-hidden />
          {t('reopen')}
        </Button>
        {reopening && <Reopen task={task} onClose={() => setReopening(false)} />}
      </Card>
    ) : null
  }
  const cancel = () =>
    change.mutate(
      { id: task.id, status: 'cancelled' },
      {
        onSuccess: () =>
          toast({
            message: words('changed.cancelled', { title: titleOf(task) }),
            undo: () => undo.mutate({ id: task.id }),
          }),
      },
    )
  return (
    <Card className="flex flex-wrap gap-2 p-3 sm:p-4">
      {task.said && (
        <ButtonLink look="primary" className="min-h-14 basis-full text-base" href={causePathOf(task) ?? ''}>
          {t(`goTo.${task.said.as}`)}
        </ButtonLink>
      )}
      <Button
        look={task.said ? 'secondary' : 'primary'}
        className="min-h-14 flex-1 basis-40 text-base"
        busy={isPending}
        onClick={() => go('completed')}
      >
        <Check aria-hidden />
        {words('next.completed')}
      </Button>
      {next === 'in_progress' && (
        <Button className="min-h-14 flex-1 basis-32 text-base" busy={isPending} onClick={() => go('in_progress')}>
          <Play aria-hidden />
          {words('next.in_progress')}
        </Button>
      )}
      <Button look="quiet" className="min-h-14" busy={change.isPending} onClick={cancel}>
        {t('cancelTask')}
      </Button>
      {status === 'missed' && <p className="basis-full text-sm text-ink-muted">{t('isMissed')}</p>}
    </Card>
  )
}

function Reopen({ task, onClose }: { task: Task; onClose: () => void }) {
  const t = useTranslations('taskPages')
  const reopen = useReopenTask()
  const [comment, setComment] = useState('')
  const said = comment.trim()
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('reopenTitle')}
      description={t('reopenText')}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button
            look="primary"
            disabled={said === ''}
            busy={reopen.isPending}
            onClick={() =>
              reopen.mutate({ id: task.id, commentId: crypto.randomUUID(), comment: said }, { onSuccess: onClose })
            }
          >
            {t('reopen')}
          </Button>
        </>
      }
    >
      <Field label={t('why')} error={reopen.error ? <RefusalText error={reopen.error} /> : undefined}>
        <TextArea autoFocus value={comment} maxLength={4000} onChange={({ target }) => setComment(target.value)} />
      </Field>
    </Dialog>
  )
}
