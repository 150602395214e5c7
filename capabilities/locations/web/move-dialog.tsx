'use client'
import { Button, Dialog, SkeletonRows, useToast } from '@opsflow/platform/web'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import {
  type PlaceRow,
  type Places,
  targetsOf,
  useChangeGroup,
  useChangeLocation,
  useMoveEffects,
} from '../client/index.ts'
import type { MoveEffects } from '../location-group.ts'
import { lineOf } from '../place-tree.ts'
import { RefusalText } from './refusal-text.tsx'

/** Where to, and before it is done: whom it concerns. */
export function MoveDialog({
  places,
  row,
  to,
  onClose,
}: {
  places: Places
  row: PlaceRow
  to?: string | null | undefined
  onClose: () => void
}) {
  const t = useTranslations('places')
  const toast = useToast()
  const [target, setTarget] = useState(to)
  const effects = useMoveEffects(row, target)
  const changeGroup = useChangeGroup()
  const changeLocation = useChangeLocation()

  const put = (where: string | null) =>
    row.kind === 'group'
      ? changeGroup.mutateAsync({ id: row.id, parentId: where })
      : changeLocation.mutateAsync({ id: row.id, groupId: where })

  function move() {
    if (target === undefined) return
    put(target).then(
      () => {
        toast({ message: t('moved', { name: row.name }), undo: () => void put(row.parentId).catch(() => undefined) })
        onClose()
      },
      () => undefined,
    )
  }

  const error = changeGroup.error ?? changeLocation.error
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('moveTitle', { name: row.name })}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button
            look="primary"
            disabled={target === undefined || !effects.data}
            busy={changeGroup.isPending || changeLocation.isPending}
            onClick={move}
          >
            {t('move')}
          </Button>
        </>
      }
    >
      <Targets places={places} row={row} value={target} onChange={setTarget} />
      <div aria-live="polite" className="mt-4 min-h-16">
        {target !== undefined && effects.isPending && <SkeletonRows rows={1} />}
        {effects.error && <RefusalText error={effects.error} />}
        {target !== undefined && effects.data && <Effects effects={effects.data} isGroup={row.kind === 'group'} />}
        {error && <RefusalText error={error} />}
      </div>
    </Dialog>
  )
}

function Targets({
  places,
  row,
  value,
  onChange,
}: {
  places: Places
  row: PlaceRow
  value: string | null | undefined
  onChange: (target: string | null) => void
}) {
  const t = useTranslations('places')
  const isInside = (id: string) => lineOf(places.groups, id).some((above) => above.id === row.id)
  const targets = [{ id: null, path: t('organization') }, ...targetsOf(places)].filter(
    ({ id }) => id !== row.parentId && (id === null || !isInside(id)),
  )
  return (
    <fieldset className="max-h-72 overflow-y-auto rounded-lg border border-line">
      <legend className="sr-only">{t('moveTo')}</legend>
      {targets.map(({ id, path }) => (
        <label
          key={id ?? 'organization'}
          className="flex min-h-target items-center gap-3 border-b border-line px-3.5 text-[0.9375rem] last:border-0 has-checked:bg-accent-tint has-checked:text-accent-ink has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-focus"
        >
          <input
            type="radio"
            name="target"
            checked={value === id}
            onChange={() => onChange(id)}
            className="size-4 shrink-0 accent-accent"
          />
          {path}
        </label>
      ))}
    </fieldset>
  )
}

function Effects({ effects, isGroup }: { effects: MoveEffects; isGroup: boolean }) {
  const t = useTranslations('places.effects')
  const namesOf = (some: MoveEffects['gain']) => [...new Set(some.map(({ name }) => name))].join(', ')
  return (
    <div className="rounded-lg bg-sunken px-4 py-3 text-sm">
      {isGroup && (
        <p className="font-medium">{t('touched', { locations: effects.locations, groups: effects.groups })}</p>
      )}
      {effects.gain.length > 0 && <p className="mt-1">{t('gain', { names: namesOf(effects.gain) })}</p>}
      {effects.lose.length > 0 && <p className="mt-1">{t('lose', { names: namesOf(effects.lose) })}</p>}
      {effects.gain.length + effects.lose.length === 0 && <p className="mt-1 text-ink-muted">{t('nobody')}</p>}
    </div>
  )
}
