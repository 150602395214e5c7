'use client'
import { Button, Dialog, Field, Input, useToast } from '@opsflow/platform/web'
import type { FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { type Places, useChangeGroup, useMakeGroup } from '../client/index.ts'
import type { LocationGroup } from '../location-group.ts'
import { pathOf } from '../place-tree.ts'
import { PlaceSelect } from './place-select.tsx'
import { RefusalText } from './refusal-text.tsx'

/** A new group, or another name for one. */
export function GroupDialog({
  places,
  group,
  parentId = null,
  onClose,
}: {
  places: Places
  group?: LocationGroup
  parentId?: string | null
  onClose: () => void
}) {
  const t = useTranslations('places')
  const toast = useToast()
  const make = useMakeGroup()
  const change = useChangeGroup()

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const name = String(form.get('name'))
    const onSuccess = () => {
      toast({ message: t(group ? 'renamed' : 'groupMade', { name }) })
      onClose()
    }
    if (group) change.mutate({ id: group.id, name }, { onSuccess })
    else make.mutate({ name, parentId: String(form.get('parentId') ?? '') || null }, { onSuccess })
  }

  const error = make.error ?? change.error
  const where = group ? pathOf(places.groups, group.parentId) : undefined
  return (
    <Dialog open onClose={onClose} title={t(group ? 'rename' : 'newGroup')} description={where || t('groupHint')}>
      <form onSubmit={submit} className="grid gap-5">
        <Field label={t('name')}>
          <Input name="name" required maxLength={200} defaultValue={group?.name} autoFocus />
        </Field>
        {!group && (
          <Field label={t('liesIn')}>
            <PlaceSelect places={places} name="parentId" defaultValue={parentId} isNew />
          </Field>
        )}
        {error && <RefusalText error={error} />}
        <Button look="primary" type="submit" busy={make.isPending || change.isPending}>
          {t(group ? 'save' : 'newGroup')}
        </Button>
      </form>
    </Dialog>
  )
}
