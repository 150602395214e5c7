'use client'
import { usePlaces } from '@opsflow/capabilities/locations/client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Field, Select } from '@opsflow/platform/web'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { Params, TabProps } from './params.ts'

/** A node of the tree: everything, a group with all below it, or one location. Without a network: one’s locations. */
export function PlaceSelect({ params, scopeId, onParams, only }: TabProps & { only: 'all' | 'locations' }) {
  const t = useTranslations('overview')
  const viewer = useViewer()
  const places = usePlaces()
  const groups = useMemo(() => (places.data ? inTree(places.data.groups) : []), [places.data])
  const locations = viewer.locations.filter(({ id }) => viewer.can('checklists.read', id))
  if (scopeId !== undefined || locations.length < 2) return null
  const value = params.location ? `location ${params.location}` : params.group ? `group ${params.group}` : ''
  const choose = (text: string) => {
    const [kind, id] = text.split(' ')
    const { location: _, group: __, ...rest } = params
    onParams({ ...rest, ...(kind === 'location' && { location: id }), ...(kind === 'group' && { group: id }) })
  }
  const chosen: Params = params
  return (
    <Field label={t('place')} className="mb-4 max-w-sm print:hidden">
      <Select
        value={only === 'locations' && !chosen.location ? `location ${locations[0]?.id}` : value}
        onChange={(event) => choose(event.target.value)}
      >
        {only === 'all' && <option value="">{t('everywhere')}</option>}
        {only === 'all' && groups.length > 0 && (
          <optgroup label={t('groups')}>
            {groups.map(({ id, name, level }) => (
              <option key={id} value={`group ${id}`}>
                {'\u2003'.repeat(level)}
                {name}
              </option>
            ))}
          </optgroup>
        )}
        <optgroup label={t('locations')}>
          {locations.map(({ id, name }) => (
            <option key={id} value={`location ${id}`}>
              {name}
            </option>
          ))}
        </optgroup>
      </Select>
    </Field>
  )
}

type Group = { id: string; parentId: string | null; name: string; archivedAt: string | null }

/** Each under the one it lies in, by name. */
function inTree(groups: readonly Group[], parentId: string | null = null, level = 0): (Group & { level: number })[] {
  return groups
    .filter((group) => group.archivedAt === null && parentIn(groups, group) === parentId)
    .sort((one, other) => one.name.localeCompare(other.name))
    .flatMap((group) => [{ ...group, level }, ...inTree(groups, group.id, level + 1)])
}

/** One whose parent this person does not see stands at the top. */
const parentIn = (groups: readonly Group[], { parentId }: Group) =>
  groups.some(({ id }) => id === parentId) ? parentId : null
