'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Panel, RelativeTime, useErrorText, useToast } from '@opsflow/platform/web'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useTickStep } from '../client/index.ts'
import type { Task, TaskStep } from '../task.ts'

/** The list inside a task: the whole line is the target, and each tick says whose it is. */
export function TaskSteps({ task }: { task: Task }) {
  const t = useTranslations('taskPages')
  const words = useTranslations('tasks')
  const viewer = useViewer()
  const isOpen = task.state === 'todo' || task.state === 'in_progress'
  const mayTick = isOpen && viewer.can('tasks.update', task.locationId)
  const done = task.steps.filter(({ tickedAt }) => tickedAt !== null).length
  return (
    <Panel title={t('fields.steps')} hint={words('steps', { done, all: task.steps.length })} flush>
      <ol className="divide-y divide-line">
        {task.steps.map((step) => (
          <Step key={step.id} task={task} step={step} mayTick={mayTick} />
        ))}
      </ol>
    </Panel>
  )
}

function Step({ task, step, mayTick }: { task: Task; step: TaskStep; mayTick: boolean }) {
  const toast = useToast()
  const errorText = useErrorText()
  const tick = useTickStep()
  const { id, text, tickedAt, tickedBy } = step
  // Shown as touched until the device has written it down.
  const [touched, setTouched] = useState<boolean>()
  const shown = touched ?? tickedAt !== null
  return (
    <li>
      <label className="flex min-h-14 items-center gap-3.5 px-4 py-2.5 text-[0.9375rem] has-enabled:cursor-pointer has-enabled:active:bg-sunken sm:px-5">
        <input
          type="checkbox"
          className="size-6 shrink-0 accent-accent"
          checked={shown}
          disabled={!mayTick}
          onChange={({ target }) => {
            setTouched(target.checked)
            tick.mutate(
              { id: task.id, stepId: id, done: target.checked },
              {
                onError: (error) => toast({ message: errorText(error), tone: 'danger' }),
                onSettled: () => setTouched(undefined),
              },
            )
          }}
        />
        <span className="min-w-0 flex-1">
          {text}
          {tickedAt && (
            <span className="block text-sm text-ink-muted">
              {tickedBy?.name} · <RelativeTime at={tickedAt} />
            </span>
          )}
        </span>
      </label>
    </li>
  )
}
