'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Select, useClock } from '@opsflow/platform/web'
import { useFormatter, useTranslations } from 'use-intl'
import { useAssignees } from '../client/index.ts'
import type { Task } from '../task.ts'
import type { Assignee } from '../task-input.ts'
import { BUILT_IN_ROLES } from '../task-words.ts'
import { builtIn } from './task-row.tsx'

/** Whoever is on, a role, or a person: in this order, since most work is for whoever is on. */
export function AssigneeSelect({
  locationId,
  value,
  placeholder,
  onChange,
}: {
  locationId: string | undefined
  /** Undefined: not chosen yet. */
  value: Assignee | undefined
  placeholder?: string
  onChange: (assignee: Assignee) => void
}) {
  const t = useTranslations('taskPages')
  const words = useTranslations('tasks.roles')
  const { memberId } = useViewer()
  const { people, roles, asOf } = useAssignees(locationId)
  const now = useClock()
  const format = useFormatter()
  const chosen = value === undefined ? '' : keyOf(value)
  const builtInRoles = BUILT_IN_ROLES.map((id) => ({ id, name: words(builtIn(id)) }))
  const all = [
    ...[...builtInRoles, ...roles].map(({ id, name }) => ({ key: `role:${id}`, name, assignee: { role: id, name } })),
    ...people.map(({ id, name }) => ({ key: `person:${id}`, name, assignee: { memberId: id, name } })),
  ]
  const isKnown = chosen === '' || chosen === 'anyone' || all.some(({ key }) => key === chosen)
  return (
    <Select
      value={chosen}
      onChange={({ target }) => {
        if (target.value === 'anyone') return onChange(null)
        const found = all.find(({ key }) => key === target.value)
        if (found) onChange('role' in found.assignee ? roleOnly(found.assignee) : found.assignee)
      }}
    >
      {placeholder && <option value="">{placeholder}</option>}
      <option value="anyone">{t('anyone')}</option>
      <optgroup label={t('roles')}>
        {all.map(({ key, name }) => key.startsWith('role:') && <Option key={key} value={key} name={name} />)}
      </optgroup>
      <optgroup
        label={
          asOf === undefined ? t('people') : t('peopleAsOf', { time: format.relativeTime(asOf, Math.max(now, asOf)) })
        }
      >
        {all.map(
          ({ key, name }) =>
            key.startsWith('person:') && (
              <Option key={key} value={key} name={key.endsWith(memberId) ? t('me', { name }) : name} />
            ),
        )}
      </optgroup>
      {!isKnown && <Option value={chosen} name={value?.name ?? ''} />}
    </Select>
  )
}

const Option = ({ value, name }: { value: string; name: string }) => <option value={value}>{name}</option>

const keyOf = (assignee: Assignee) =>
  assignee === null ? 'anyone' : 'role' in assignee ? `role:${assignee.role}` : `person:${assignee.memberId}`

/** A built-in role is named by every screen in its own language. */
const roleOnly = ({ role, name }: { role: string; name: string }) =>
  role.startsWith('org:') ? { role } : { role, name }

export function assigneeOf({ assignedTo, assignedRole }: Pick<Task, 'assignedTo' | 'assignedRole'>): Assignee {
  if (assignedTo) return { memberId: assignedTo.id, name: assignedTo.name }
  return assignedRole && { role: assignedRole.id, ...(assignedRole.name && { name: assignedRole.name }) }
}
