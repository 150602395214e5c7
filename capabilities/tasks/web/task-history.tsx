'use client'
import { Button, ErrorState, Panel, RelativeTime, SkeletonRows } from '@opsflow/platform/web'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { useTaskHistory } from '../client/index.ts'
import type { Task, TaskAttempt, TaskFieldChange } from '../task.ts'

type Entry = (TaskAttempt & { kind: 'attempt' }) | (TaskFieldChange & { kind: 'change' })

/** Every attempt and every change, also those that came second. Only the server has all of it. */
export default function TaskHistory({ task }: { task: Task }) {
  const t = useTranslations('taskPages.history')
  const [asked, setAsked] = useState(false)
  const { data, error, isPending, refetch } = useTaskHistory(task.id, asked)
  if (!asked) {
    return (
      <Button look="quiet" className="justify-self-start" onClick={() => setAsked(true)}>
        {t('show')}
      </Button>
    )
  }
  const entries: Entry[] = [
    ...(data?.attempts ?? []).map((entry) => ({ ...entry, kind: 'attempt' as const })),
    ...(data?.changes ?? []).map((entry) => ({ ...entry, kind: 'change' as const })),
  ].sort((a, b) => Date.parse(b.at) - Date.parse(a.at))
  return (
    <Panel title={t('title')} flush>
      {error ? (
        <ErrorState compact error={error} onRetry={refetch} />
      ) : isPending ? (
        <SkeletonRows rows={3} className="p-4" />
      ) : (
        <ol className="divide-y divide-line text-sm">
          {entries.map((entry) => (
            <li key={entry.id} className="px-4 py-2.5 sm:px-5">
              <What entry={entry} />
              <p className="dotted mt-0.5 flex flex-wrap text-ink-muted">
                {entry.by && <span>{entry.by.name}</span>}
                {entry.kiosk && <span>{entry.kiosk.name}</span>}
                <RelativeTime at={entry.at} />
                {entry.outcome === 'superseded' && <span>{t('superseded')}</span>}
              </p>
            </li>
          ))}
          <li className="px-4 py-2.5 sm:px-5">
            {t('made')}
            <p className="dotted mt-0.5 flex flex-wrap text-ink-muted">
              {task.createdBy && <span>{task.createdBy.name}</span>}
              <RelativeTime at={task.createdAt} />
            </p>
          </li>
        </ol>
      )}
    </Panel>
  )
}

function What({ entry }: { entry: Entry }) {
  const t = useTranslations('taskPages')
  const words = useTranslations('tasks')
  const format = useFormatter()
  if (entry.kind === 'attempt') return <p>{words(`status.${entry.status}`)}</p>
  if (entry.field === 'tick') return <p>{entry.after}</p>
  if (entry.field === 'excuse') return <p className="break-words">{entry.after ?? t('excuseTakenBack')}</p>
  const field = fields.find((one) => one === entry.field)
  const shown = (value: string | null) => {
    if (value === null) return '–'
    if (field === 'dueAt') return format.dateTime(new Date(value), { dateStyle: 'medium', timeStyle: 'short' })
    if (field === 'priority') return t(`priorities.${value as 'low'}`)
    if (field === 'taskType') return t(`types.${value as 'prep'}`)
    return value.split('\n').join(', ')
  }
  return (
    <p className="break-words">
      <span className="font-medium">{field ? t(`fields.${fieldWords[field]}`) : entry.field}</span>
      {': '}
      {shown(entry.before)} → {shown(entry.after)}
    </p>
  )
}

const fieldWords = {
  title: 'title',
  description: 'description',
  taskType: 'taskType',
  priority: 'priority',
  assignee: 'assignee',
  unitId: 'unit',
  dueAt: 'due',
  estimateMinutes: 'estimate',
  steps: 'steps',
} as const
const fields = Object.keys(fieldWords) as (keyof typeof fieldWords)[]
