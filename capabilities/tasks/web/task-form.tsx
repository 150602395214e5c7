'use client'
import { usePhotoField } from '@opsflow/platform/client/files/use-photos'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, cx, Dialog, Field, Input, PhotoField, Select, TextArea, useToast } from '@opsflow/platform/web'
import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import { useCreateTask, useEditTask, useUnitsAt } from '../client/index.ts'
import type { Task } from '../task.ts'
import type { StepInput, TaskInput, TaskPatch } from '../task-input.ts'
import { titleOf } from '../task-title.ts'
import { PRIORITIES, TASK_TYPES } from '../task-words.ts'
import { AssigneeSelect, assigneeOf } from './assignee-select.tsx'
import { DueField } from './due-field.tsx'
import { RefusalText } from './refusal-text.tsx'
import { StepsField } from './steps-field.tsx'

type Draft = Omit<TaskInput, 'photos' | 'taskType'> & { taskType: Task['taskType'] }

export type TaskFormProps = {
  /** Given to change one. */
  task?: Task
  locationId: string | undefined
  /** What a new one is about. */
  unitId?: string | null
  onClose: () => void
}

/** Made for one hand: the title first and alone enough, everything else below with what is usual. */
export default function TaskForm({ task, locationId, unitId = null, onClose }: TaskFormProps) {
  const t = useTranslations('taskPages')
  const language = useLocale()
  const viewer = useViewer()
  const toast = useToast()
  const create = useCreateTask()
  const edit = useEditTask()
  const places = viewer.locations.filter(({ id }) => viewer.can('tasks.create', id))
  const [first] = places
  const [draft, setDraft] = useState<Draft>(() => draftOf(task, language, locationId ?? first?.id ?? '', unitId))
  const [isOpen, setOpen] = useState(task !== undefined)
  const photos = usePhotoField(`new task ${viewer.memberId}`, draft.locationId)
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }))
  const title = draft.title.trim()
  const steps = draft.steps.filter(({ text }) => text.trim() !== '')
  const busy = create.isPending || edit.isPending

  async function save() {
    if (title === '' || busy) return
    const fields = { ...draft, title, steps }
    const onSuccess = () => {
      toast({ message: t(task ? 'changedTask' : 'made', { title }) })
      onClose()
    }
    if (!task) {
      const { taskType, ...rest } = fields
      const type = taskType === 'corrective' ? 'other' : taskType
      const named = await photos.release()
      if (named) create.mutate({ id: crypto.randomUUID(), ...rest, taskType: type, ...named }, { onSuccess })
      return
    }
    const patch = patchOf(task, language, fields)
    if (Object.keys(patch).length === 0) onClose()
    else edit.mutate({ id: task.id, patch }, { onSuccess })
  }

  return (
    <Dialog
      open
      place="sheet"
      onClose={onClose}
      title={t(task ? 'edit' : 'new')}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="primary" type="submit" form="task-form" disabled={title === ''} busy={busy}>
            {t(task ? 'save' : 'make')}
          </Button>
        </>
      }
    >
      <form
        id="task-form"
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <Field label={t('fields.title')}>
          <Input
            autoFocus
            value={draft.title}
            maxLength={300}
            enterKeyHint="done"
            placeholder={t('titleHint')}
            onChange={({ target }) => set({ title: target.value })}
          />
        </Field>
        <DueField value={draft.dueAt} onChange={(dueAt) => set({ dueAt })} />
        <Field label={t('fields.assignee')}>
          <AssigneeSelect
            locationId={draft.locationId}
            value={draft.assignee}
            onChange={(assignee) => set({ assignee })}
          />
        </Field>
        {!task && places.length > 1 && (
          <Field label={t('fields.location')}>
            <Select
              value={draft.locationId}
              onChange={({ target }) => set({ locationId: target.value, unitId: null, assignee: null })}
            >
              {places.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          </Field>
        )}
        <Button
          look="quiet"
          aria-expanded={isOpen}
          className="justify-self-start px-2"
          onClick={() => setOpen(!isOpen)}
        >
          <ChevronDown aria-hidden className={cx('transition-transform', isOpen && 'rotate-180')} />
          {t('more')}
        </Button>
        {isOpen && <More draft={draft} onChange={set} />}
        {!task && viewer.can('evidence.add', draft.locationId) && (
          <PhotoField field={photos} organizationId={viewer.organizationId} gallery={!viewer.isShared} />
        )}
        {(create.error ?? edit.error) && <RefusalText error={create.error ?? edit.error} />}
      </form>
    </Dialog>
  )
}

function More({ draft, onChange }: { draft: Draft; onChange: (change: Partial<Draft>) => void }) {
  const t = useTranslations('taskPages')
  const units = useUnitsAt(draft.locationId)
  const minutes = draft.estimateMinutes
  return (
    <div className="grid gap-4">
      <Field label={t('fields.description')} optional={t('optional')}>
        <TextArea
          value={draft.description}
          maxLength={4000}
          onChange={({ target }) => onChange({ description: target.value })}
        />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('fields.taskType')}>
          <Select
            value={draft.taskType}
            disabled={draft.taskType === 'corrective'}
            onChange={({ target }) => onChange({ taskType: TASK_TYPES.find((one) => one === target.value) ?? 'other' })}
          >
            {TASK_TYPES.filter((type) => type !== 'corrective' || draft.taskType === 'corrective').map((type) => (
              <option key={type} value={type}>
                {t(`types.${type}`)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('fields.priority')}>
          <Select
            value={draft.priority}
            onChange={({ target }) =>
              onChange({ priority: PRIORITIES.find((one) => one === target.value) ?? 'medium' })
            }
          >
            {PRIORITIES.map((priority) => (
              <option key={priority} value={priority}>
                {t(`priorities.${priority}`)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('fields.unit')} optional={t('optional')}>
          <Select value={draft.unitId ?? ''} onChange={({ target }) => onChange({ unitId: target.value || null })}>
            <option value="">{t('none')}</option>
            {units.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('fields.estimate')} optional={t('optional')}>
          <Input
            inputMode="numeric"
            value={minutes === null ? '' : String(minutes)}
            maxLength={5}
            onChange={({ target }) => onChange({ estimateMinutes: minutesIn(target.value) })}
          />
        </Field>
      </div>
      <StepsField steps={draft.steps} onChange={(steps) => onChange({ steps })} />
    </div>
  )
}

/** Whole minutes; what is none is left out, never taken for zero. */
const minutesIn = (text: string) => (/^[1-9]\d{0,4}$/.test(text.trim()) ? Math.min(Number(text), 10_080) : null)

const draftOf = (task: Task | undefined, language: string, locationId: string, unitId: string | null): Draft => ({
  locationId: task?.locationId ?? locationId,
  title: task ? titleOf(task, language) : '',
  description: task?.description ?? '',
  taskType: task?.taskType ?? 'other',
  priority: task?.priority ?? 'medium',
  assignee: task ? assigneeOf(task) : null,
  unitId: task ? (task.unit?.id ?? null) : unitId,
  dueAt: task?.dueAt ?? null,
  estimateMinutes: task?.estimateMinutes ?? null,
  steps: task?.steps.map(({ id, text }): StepInput => ({ id, text })) ?? [],
})

/** Only what was changed: what someone else changes meanwhile stays theirs. */
function patchOf(task: Task, language: string, draft: Draft): TaskPatch {
  const before = draftOf(task, language, task.locationId, null)
  const names = [
    'title',
    'description',
    'taskType',
    'priority',
    'assignee',
    'unitId',
    'dueAt',
    'estimateMinutes',
    'steps',
  ] as const
  const changed = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(draft[name]))
  return Object.fromEntries(changed.map((name) => [name, draft[name]])) as TaskPatch
}
