'use client'
import { useAssignees } from '@opsflow/capabilities/tasks/client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Choices, Field, Select, Switch } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import type { OnFail } from '../../item.ts'
import { Group } from './group.tsx'
import { LongInput } from './words-input.tsx'

const DUE = [60, 240, 480, 1440, 2880, 10_080] as const
const PRIORITIES = ['low', 'medium', 'high', 'urgent'] as const

/** What happens when the answer fails: a note, a photo, what to do at once, and what it leads to. */
export function OnFailFields({
  onFail,
  usual,
  onChange,
}: {
  onFail: OnFail | null
  usual: () => OnFail
  onChange: (onFail: OnFail | null) => void
}) {
  const t = useTranslations('templates.onFail')
  const own = useOwnRoles(onFail?.task.role ?? null)
  return (
    <Group title={t('title')}>
      <Switch label={t('asksForMore')} checked={onFail !== null} onChange={(on) => onChange(on ? usual() : null)} />
      {onFail && (
        <div className="grid gap-3">
          <Field label={t('fix')} hint={t('fixHint')}>
            <LongInput maxLength={2000} value={onFail.fix} onChange={(fix) => onChange({ ...onFail, fix })} />
          </Field>
          <div>
            <Switch
              label={t('needsNote')}
              checked={onFail.needsNote}
              onChange={(needsNote) => onChange({ ...onFail, needsNote })}
            />
            <Switch
              label={t('needsPhoto')}
              checked={onFail.needsPhoto}
              onChange={(needsPhoto) => onChange({ ...onFail, needsPhoto })}
            />
          </div>
          <Choices
            label={t('leadsTo')}
            name="leadsTo"
            value={onFail.leadsTo}
            onChange={(leadsTo) => onChange({ ...onFail, leadsTo })}
            options={(['nothing', 'recheck', 'task'] as const).map((value) => ({ value, label: t(`ways.${value}`) }))}
            columns="grid-cols-1"
          />
          {onFail.leadsTo !== 'nothing' && (
            <div className="grid gap-3 sm:grid-cols-2">
              <Field label={t('priority')}>
                <Select
                  value={onFail.task.priority}
                  onChange={(event) =>
                    onChange({
                      ...onFail,
                      task: { ...onFail.task, priority: event.target.value as (typeof PRIORITIES)[number] },
                    })
                  }
                >
                  {PRIORITIES.map((priority) => (
                    <option key={priority} value={priority}>
                      {t(`priorities.${priority}`)}
                    </option>
                  ))}
                </Select>
              </Field>
              <Field label={t('due')}>
                <Select
                  value={onFail.task.dueMinutes}
                  onChange={(event) =>
                    onChange({ ...onFail, task: { ...onFail.task, dueMinutes: Number(event.target.value) } })
                  }
                >
                  {[...new Set([...DUE, onFail.task.dueMinutes])].map((minutes) => (
                    <option key={minutes} value={minutes}>
                      {minutes < 1440 ? t('hours', { count: minutes / 60 }) : t('days', { count: minutes / 1440 })}
                    </option>
                  ))}
                </Select>
              </Field>
              <Field label={t('role')}>
                <Select
                  value={onFail.task.role ?? ''}
                  onChange={(event) =>
                    onChange({ ...onFail, task: { ...onFail.task, role: event.target.value || null } })
                  }
                >
                  <option value="">{t('anyone')}</option>
                  <option value="org:manager">{t('manager')}</option>
                  <option value="org:member">{t('member')}</option>
                  {own.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </Select>
              </Field>
            </div>
          )}
        </div>
      )}
    </Group>
  )
}

/** The organization's own roles; the one that is chosen also while they are not known. */
function useOwnRoles(chosen: string | null) {
  const t = useTranslations('templates.onFail')
  const { roles } = useAssignees(useViewer().locations[0]?.id)
  const isKnown = chosen === null || chosen.startsWith('org:') || roles.some(({ id }) => id === chosen)
  return isKnown ? roles : [...roles, { id: chosen, name: t('otherRole') }]
}
