'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, Dialog, Field, Input, Select, useToast } from '@opsflow/platform/web'
import type { FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { useSetUpUnit } from '../client/index.ts'
import type { UnitKind } from '../unit.ts'
import { RefusalText } from './refusal-text.tsx'

const kinds: UnitKind[] = [
  'walk_in_cooler',
  'reach_in',
  'prep_rail',
  'walk_in_freezer',
  'freezer',
  'hot_hold',
  'hot_line',
  'dish_machine',
  'receiving',
  'other',
]

/** A unit starts with the published limits and the alarm policy that are usual for its kind. */
export function NewUnit({
  open,
  locationId,
  onClose,
}: {
  open: boolean
  locationId: string | undefined
  onClose: () => void
}) {
  const t = useTranslations('temperature')
  const viewer = useViewer()
  const toast = useToast()
  const setUp = useSetUpUnit()

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const text = (name: string) => String(new FormData(event.currentTarget).get(name))
    setUp.mutate(
      { name: text('name'), locationId: text('locationId'), kind: text('kind') as UnitKind },
      {
        onSuccess(unit) {
          toast({ message: t('units.added', { unit: unit.name }) })
          onClose()
        },
      },
    )
  }

  return (
    <Dialog open={open} onClose={onClose} title={t('units.add')} description={t('units.addText')} place="sheet">
      <form onSubmit={submit} className="grid gap-5">
        <Field label={t('units.name')}>
          <Input name="name" required maxLength={120} />
        </Field>
        <Field label={t('units.location')}>
          <Select name="locationId" defaultValue={locationId}>
            {viewer.locations
              .filter((location) => viewer.can('temperature.configure', location.id))
              .map((location) => (
                <option key={location.id} value={location.id}>
                  {location.name}
                </option>
              ))}
          </Select>
        </Field>
        <Field label={t('units.kind')}>
          <Select name="kind">
            {kinds.map((kind) => (
              <option key={kind} value={kind}>
                {t(`kinds.${kind}`)}
              </option>
            ))}
          </Select>
        </Field>
        {setUp.error && <RefusalText error={setUp.error} />}
        <Button look="primary" type="submit" busy={setUp.isPending}>
          {t('units.add')}
        </Button>
      </form>
    </Dialog>
  )
}
