'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, Field, Input, Select, useToast } from '@opsflow/platform/web'
import { BookmarkPlus, ListFilter, Search, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { type TaskFilter, useAssignees, useForgetView, useSaveView } from '../client/index.ts'
import { BUILT_IN_ROLES, PRIORITIES, TASK_TYPES } from '../task-words.ts'
import { builtIn } from './task-row.tsx'

const STATUSES = ['open', 'todo', 'in_progress', 'overdue', 'missed', 'completed', 'cancelled'] as const

/** Search, and what the list is narrowed to; kept under a name, it is found again on every device. */
export function FilterBar({
  filter,
  locationId,
  view,
  isChanged,
  onChange,
  onView,
}: {
  filter: TaskFilter
  locationId: string | undefined
  view: { id: string; name: string } | undefined
  isChanged: boolean
  onChange: (filter: TaskFilter | undefined) => void
  onView: (id: string) => void
}) {
  const t = useTranslations('taskPages.filters')
  const toast = useToast()
  const [isOpen, setOpen] = useState(false)
  const [saving, setSaving] = useState(false)
  const forget = useForgetView()
  const set = (change: TaskFilter) => onChange(withoutEmpty({ ...filter, ...change }))
  const fail = (error: Error) => toast({ message: error.message, tone: 'danger' })
  const { status: _, q: __, ...narrowed } = filter
  const count = Object.keys(narrowed).length
  return (
    <div className="mt-3 grid gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <span className="relative min-w-48 flex-1">
          <Search
            aria-hidden
            className="pointer-events-none absolute inset-y-0 start-3 my-auto size-4 text-ink-muted"
          />
          <Input
            type="search"
            data-search="tasks"
            aria-label={t('search')}
            placeholder={t('search')}
            value={filter.q ?? ''}
            maxLength={200}
            className="ps-9"
            onChange={({ target }) => set({ q: target.value || undefined })}
          />
        </span>
        <Button aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <ListFilter aria-hidden />
          {count > 0 ? t('some', { count }) : t('filters')}
        </Button>
        {isChanged && (
          <>
            <Button look="quiet" onClick={() => setSaving(true)}>
              <BookmarkPlus aria-hidden />
              {t('save')}
            </Button>
            <Button look="quiet" onClick={() => onChange(undefined)}>
              <X aria-hidden />
              {t('reset')}
            </Button>
          </>
        )}
        {view && !isChanged && (
          <Button
            look="quiet"
            busy={forget.isPending}
            onClick={() => forget.mutate(view.id, { onSuccess: () => onView('open'), onError: fail })}
          >
            {t('forget')}
          </Button>
        )}
      </div>
      {saving && <SaveView filter={filter} name={view?.name ?? ''} onSaved={onView} onClose={() => setSaving(false)} />}
      {isOpen && <Fields filter={filter} locationId={locationId} onChange={set} />}
    </div>
  )
}

function SaveView({
  filter,
  name: given,
  onSaved,
  onClose,
}: {
  filter: TaskFilter
  name: string
  onSaved: (id: string) => void
  onClose: () => void
}) {
  const t = useTranslations('taskPages.filters')
  const toast = useToast()
  const save = useSaveView()
  const [name, setName] = useState(given)
  return (
    <form
      className="flex flex-wrap items-end gap-2 rounded-xl border border-line bg-surface p-3"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate(
          { name: name.trim(), filter },
          {
            onSuccess: ({ id }) => {
              onClose()
              onSaved(id)
            },
            onError: (error) => toast({ message: error.message, tone: 'danger' }),
          },
        )
      }}
    >
      <Field label={t('name')} className="min-w-48 flex-1">
        <Input autoFocus value={name} maxLength={60} onChange={({ target }) => setName(target.value)} />
      </Field>
      <Button type="submit" look="primary" disabled={name.trim() === ''} busy={save.isPending}>
        {t('keep')}
      </Button>
      <Button onClick={onClose}>{t('cancel')}</Button>
    </form>
  )
}

function Fields({
  filter,
  locationId,
  onChange,
}: {
  filter: TaskFilter
  locationId: string | undefined
  onChange: (change: TaskFilter) => void
}) {
  const t = useTranslations('taskPages')
  const words = useTranslations('tasks')
  const viewer = useViewer()
  const place = locationId ?? filter.locationId ?? (viewer.locations.length === 1 ? viewer.locations[0]?.id : undefined)
  const { people, roles } = useAssignees(place)
  return (
    <div className="grid gap-3 rounded-xl border border-line bg-surface p-4 sm:grid-cols-2 lg:grid-cols-4">
      <Field label={t('filters.status')}>
        <Select value={filter.status ?? ''} onChange={({ target }) => onChange({ status: statusOf(target.value) })}>
          <option value="">{t('filters.any')}</option>
          {STATUSES.map((status) => (
            <option key={status} value={status}>
              {status === 'open' ? t('filters.open') : words(`status.${status}`)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('fields.assignee')}>
        <Select value={whoIn(filter)} onChange={({ target }) => onChange(whoOf(target.value))}>
          <option value="">{t('filters.any')}</option>
          <option value="mine">{t('filters.mine')}</option>
          <option value="watching">{t('filters.watching')}</option>
          {BUILT_IN_ROLES.map((role) => (
            <option key={role} value={`role:${role}`}>
              {words(`roles.${builtIn(role)}`)}
            </option>
          ))}
          {roles.map(({ id, name }) => (
            <option key={id} value={`role:${id}`}>
              {name}
            </option>
          ))}
          {people.map(({ id, name }) => (
            <option key={id} value={`person:${id}`}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('fields.taskType')}>
        <Select
          value={filter.taskType ?? ''}
          onChange={({ target }) => onChange({ taskType: TASK_TYPES.find((type) => type === target.value) })}
        >
          <option value="">{t('filters.any')}</option>
          {TASK_TYPES.map((type) => (
            <option key={type} value={type}>
              {t(`types.${type}`)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('fields.priority')}>
        <Select
          value={filter.priority ?? ''}
          onChange={({ target }) => onChange({ priority: PRIORITIES.find((one) => one === target.value) })}
        >
          <option value="">{t('filters.any')}</option>
          {PRIORITIES.map((priority) => (
            <option key={priority} value={priority}>
              {t(`priorities.${priority}`)}
            </option>
          ))}
        </Select>
      </Field>
      {!locationId && viewer.locations.length > 1 && (
        <Field label={t('fields.location')}>
          <Select
            value={filter.locationId ?? ''}
            onChange={({ target }) => onChange({ locationId: target.value || undefined })}
          >
            <option value="">{t('filters.any')}</option>
            {viewer.locations.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
      )}
    </div>
  )
}

const statusOf = (value: string) => STATUSES.find((status) => status === value)

const whoIn = ({ mine, watching, role, assignedTo }: TaskFilter) =>
  mine ? 'mine' : watching ? 'watching' : role ? `role:${role}` : assignedTo ? `person:${assignedTo}` : ''

function whoOf(value: string): TaskFilter {
  const nobody: TaskFilter = { mine: undefined, watching: undefined, role: undefined, assignedTo: undefined }
  if (value === 'mine' || value === 'watching') return { ...nobody, [value]: 'true' }
  if (value.startsWith('role:')) return { ...nobody, role: value.slice(5) }
  return { ...nobody, assignedTo: value.startsWith('person:') ? value.slice(7) : undefined }
}

const withoutEmpty = (filter: TaskFilter) =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as TaskFilter
