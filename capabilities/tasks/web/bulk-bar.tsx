'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, Field, Input, Select, useToast } from '@opsflow/platform/web'
import { X } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useChangeTask, useEditTask, useUndoTask } from '../client/index.ts'
import type { Task } from '../task.ts'
import type { TaskPatch } from '../task-input.ts'
import { PRIORITIES } from '../task-words.ts'
import { AssigneeSelect, assigneeOf } from './assignee-select.tsx'
import { fromLocal } from './local-time.ts'

/** One thing done with all that are picked, and one undo for all of it. */
export function BulkBar({ tasks, onDone }: { tasks: readonly Task[]; onDone: () => void }) {
  const t = useTranslations('taskPages.bulk')
  const pages = useTranslations('taskPages')
  const { end, patch, isBusy } = useBulk(tasks, onDone)
  const viewer = useViewer()
  const [setting, setSetting] = useState<'assign' | 'due' | 'priority'>()
  const places = new Set(tasks.map(({ locationId }) => locationId))
  const place = places.size === 1 ? tasks[0]?.locationId : undefined
  const mayEdit = tasks.every(({ locationId }) => viewer.can('tasks.create', locationId))
  return (
    <section
      aria-label={t('label', { count: tasks.length })}
      data-foot-bar
      className="sticky bottom-[calc(4.5rem+env(safe-area-inset-bottom))] z-20 m-2 grid gap-3 rounded-xl border border-line bg-raised p-3 shadow-raised md:bottom-3"
    >
      <div className="flex flex-wrap items-center gap-2">
        <span className="me-auto ps-1 text-sm font-medium tabular-nums">{t('label', { count: tasks.length })}</span>
        <Button look="primary" busy={isBusy} onClick={() => end('completed')}>
          {t('complete')}
        </Button>
        {mayEdit &&
          (['assign', 'due', 'priority'] as const).map((what) => (
            <Button
              key={what}
              aria-expanded={setting === what}
              onClick={() => setSetting(setting === what ? undefined : what)}
            >
              {t(what)}
            </Button>
          ))}
        <Button busy={isBusy} onClick={() => end('cancelled')}>
          {t('cancel')}
        </Button>
        <Button look="quiet" aria-label={t('clear')} onClick={onDone} className="px-3">
          <X aria-hidden />
        </Button>
      </div>
      {setting === 'assign' && (
        <Field label={pages('fields.assignee')}>
          <AssigneeSelect
            locationId={place}
            value={undefined}
            placeholder={t('choose')}
            onChange={(assignee) =>
              patch({ assignee }, ({ assignedTo, assignedRole }) => ({
                assignee: assigneeOf({ assignedTo, assignedRole }),
              }))
            }
          />
        </Field>
      )}
      {setting === 'due' && <DueFor onSet={(dueAt) => patch({ dueAt }, (task) => ({ dueAt: task.dueAt }))} />}
      {setting === 'priority' && (
        <Field label={pages('fields.priority')}>
          <Select
            value=""
            onChange={({ target }) => {
              const priority = PRIORITIES.find((one) => one === target.value)
              if (priority) patch({ priority }, (task) => ({ priority: task.priority }))
            }}
          >
            <option value="">{t('choose')}</option>
            {PRIORITIES.map((priority) => (
              <option key={priority} value={priority}>
                {pages(`priorities.${priority}`)}
              </option>
            ))}
          </Select>
        </Field>
      )}
    </section>
  )
}

function DueFor({ onSet }: { onSet: (dueAt: string | null) => void }) {
  const t = useTranslations('taskPages')
  const [text, setText] = useState('')
  return (
    <div className="flex flex-wrap items-end gap-2">
      <Field label={t('fields.due')} className="min-w-48 flex-1">
        <Input type="datetime-local" value={text} onChange={({ target }) => setText(target.value)} />
      </Field>
      <Button disabled={fromLocal(text) === null} onClick={() => onSet(fromLocal(text))}>
        {t('bulk.set')}
      </Button>
      <Button look="quiet" onClick={() => onSet(null)}>
        {t('bulk.noTime')}
      </Button>
    </div>
  )
}

function useBulk(tasks: readonly Task[], onDone: () => void) {
  const t = useTranslations('taskPages.bulk')
  const toast = useToast()
  const change = useChangeTask()
  const edit = useEditTask()
  const undo = useUndoTask()
  const [isBusy, setBusy] = useState(false)

  /** Each by itself, in order; what its rules refuse is left as it is, and told. */
  async function each(doing: (task: Task) => Promise<unknown>, undoing: (task: Task) => Promise<unknown>) {
    setBusy(true)
    const done: Task[] = []
    for (const task of tasks) {
      await doing(task).then(
        () => done.push(task),
        () => undefined,
      )
    }
    setBusy(false)
    const count = done.length
    const left = tasks.length - count
    const message = left > 0 ? t('someDone', { count, left }) : t('allDone', { count })
    const takeBack = async () => {
      for (const task of done) await undoing(task).catch(() => undefined)
    }
    toast({ message, ...(count > 0 ? { undo: () => void takeBack() } : { tone: 'danger' }) })
    onDone()
  }

  return {
    isBusy,
    end: (status: 'completed' | 'cancelled') =>
      each(
        ({ id }) => change.mutateAsync({ id, status }),
        ({ id }) => undo.mutateAsync({ id }),
      ),
    patch: (fields: TaskPatch, before: (task: Task) => TaskPatch) =>
      each(
        ({ id }) => edit.mutateAsync({ id, patch: fields }),
        (task) => edit.mutateAsync({ id: task.id, patch: before(task) }),
      ),
  }
}
