'use client'
import { type Places, usePlaces } from '@opsflow/capabilities/locations/client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Checkbox, Choices, ErrorState, Input, SkeletonRows } from '@opsflow/platform/web'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Target } from '../../schedule.ts'
import { More } from './more.tsx'
import { pathOfGroup } from './place-path.ts'

type Fields = { target: Target; isLimited: boolean; onChange: (target: Target) => void }

/** Where: everywhere, at these groups and locations, and of those only such with a kind or an attribute. */
export function WhereFields(fields: Fields) {
  const places = usePlaces()
  if (places.isPending) return <SkeletonRows rows={2} />
  if (places.isError) return <ErrorState compact error={places.error} onRetry={places.refetch} />
  return <Where places={places.data} {...fields} />
}

function Where({ places, target, isLimited, onChange }: Fields & { places: Places }) {
  const t = useTranslations('schedules.where')
  const isEverywhere = target.groups.length === 0 && target.locations.length === 0
  const [chosen, setChosen] = useState<'everywhere' | 'some'>(isEverywhere && !isLimited ? 'everywhere' : 'some')
  return (
    <div className="grid gap-4">
      {!isLimited && (
        <Choices
          label={t('which')}
          name="where"
          value={chosen}
          onChange={(value) => {
            setChosen(value)
            if (value === 'everywhere') onChange({ ...target, groups: [], locations: [] })
          }}
          options={(['everywhere', 'some'] as const).map((value) => ({ value, label: t(value) }))}
          columns="grid-cols-2"
        />
      )}
      {chosen === 'some' && <Some places={places} target={target} isLimited={isLimited} onChange={onChange} />}
      <Only places={places} target={target} onChange={onChange} />
    </div>
  )
}

const MOST_SHOWN = 60
type Choice = { id: string; name: string; path: string; kind: 'groups' | 'locations' }

function Some({ places, target, isLimited, onChange }: Fields & { places: Places }) {
  const t = useTranslations('schedules.where')
  const viewer = useViewer()
  const [words, setWords] = useState('')
  const all: Choice[] = [
    ...(isLimited ? [] : places.groups)
      .filter(({ archivedAt }) => archivedAt === null)
      .map(({ id, name, parentId }) => ({
        id,
        name,
        path: pathOfGroup(places.groups, parentId),
        kind: 'groups' as const,
      })),
    ...places.locations
      .filter(({ id, closedAt }) => closedAt === null && viewer.can('checklists.manage', id))
      .map(({ id, name, groupId }) => ({
        ...{ id, name, path: pathOfGroup(places.groups, groupId), kind: 'locations' as const },
      })),
  ]
  const isChosen = ({ id, kind }: Choice) => target[kind].includes(id)
  const found = all.filter(({ name, path }) =>
    `${name} ${path}`.toLocaleLowerCase().includes(words.trim().toLocaleLowerCase()),
  )
  const shown = [...found.filter(isChosen), ...found.filter((one) => !isChosen(one))].slice(0, MOST_SHOWN)
  const inOrder = all.length > 12 ? shown : found
  const set = ({ id, kind }: Choice, on: boolean) =>
    onChange({ ...target, [kind]: on ? [...target[kind], id] : target[kind].filter((other) => other !== id) })
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-2 text-sm font-medium">{t('some')}</legend>
      {all.length > 12 && (
        <Input
          type="search"
          aria-label={t('search')}
          placeholder={t('search')}
          value={words}
          onChange={({ target: { value } }) => setWords(value)}
        />
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard reaches it */}
      <div tabIndex={0} className="max-h-72 overflow-y-auto rounded-lg border border-line px-3.5 py-1">
        {inOrder.map((one) => (
          <Checkbox
            key={one.id}
            label={
              <span>
                {one.name}{' '}
                <span className="ms-1 text-sm text-ink-muted">{one.kind === 'groups' ? t('group') : one.path}</span>
              </span>
            }
            checked={isChosen(one)}
            onChange={(event) => set(one, event.target.checked)}
          />
        ))}
        {found.length === 0 && <p className="py-3 text-sm text-ink-muted">{t('notFound')}</p>}
      </div>
      {found.length > inOrder.length && (
        <p className="text-sm text-ink-muted">{t('more', { count: found.length - inOrder.length })}</p>
      )}
      {target.groups.length + target.locations.length === 0 && (
        <p className="text-sm text-ink-muted">{t(isLimited ? 'chooseOne' : 'noneIsAll')}</p>
      )}
    </fieldset>
  )
}

/** Kinds and attributes that this chain has. */
function Only({ places, target, onChange }: Omit<Fields, 'isLimited'> & { places: Places }) {
  const t = useTranslations('schedules.where')
  const open = places.locations.filter(({ closedAt }) => closedAt === null)
  const kinds = [...new Set([...open.map(({ kind }) => kind), ...target.kinds])].sort()
  const attributes = new Map<string, Set<string>>()
  for (const [key, value] of [
    ...open.flatMap((place) => Object.entries(place.attributes)),
    ...target.attributes.flatMap(({ key, values }) => values.map((value) => [key, value] as const)),
  ]) {
    attributes.set(key, (attributes.get(key) ?? new Set()).add(value))
  }
  if (kinds.length < 2 && attributes.size === 0) return null
  const has = (key: string, value: string) =>
    target.attributes.some((one) => one.key === key && one.values.includes(value))
  const setAttribute = (key: string, value: string, on: boolean) => {
    const now = target.attributes.find((one) => one.key === key)?.values ?? []
    const values = on ? [...now, value] : now.filter((other) => other !== value)
    const others = target.attributes.filter((one) => one.key !== key)
    onChange({ ...target, attributes: values.length > 0 ? [...others, { key, values }] : others })
  }
  return (
    <More label={t('only')} open={target.kinds.length + target.attributes.length > 0}>
      {kinds.length > 1 && (
        <fieldset>
          <legend className="text-sm font-medium">{t('kinds')}</legend>
          {kinds.map((kind) => (
            <Checkbox
              key={kind}
              label={t(`kind.${kind}`)}
              checked={target.kinds.includes(kind)}
              onChange={(event) =>
                onChange({
                  ...target,
                  kinds: event.target.checked
                    ? [...target.kinds, kind]
                    : target.kinds.filter((other) => other !== kind),
                })
              }
            />
          ))}
        </fieldset>
      )}
      {[...attributes].sort().map(([key, values]) => (
        <fieldset key={key}>
          <legend className="text-sm font-medium">{key.replaceAll('_', ' ')}</legend>
          {[...values].sort().map((value) => (
            <Checkbox
              key={value}
              label={value}
              checked={has(key, value)}
              onChange={(event) => setAttribute(key, value, event.target.checked)}
            />
          ))}
        </fieldset>
      ))}
    </More>
  )
}
