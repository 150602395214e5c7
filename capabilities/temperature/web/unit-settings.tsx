'use client'
import { Button, Dialog, ErrorState, Field, Input, SkeletonRows, useToast } from '@opsflow/platform/web'
import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useChangeUnit, useUnit } from '../client/index.ts'
import type { Unit } from '../routes.ts'
import { PolicyForm } from './policy-form.tsx'
import { RefusalText } from './refusal-text.tsx'
import { UnitSensors } from './unit-sensors.tsx'

/** One unit's name, its limits and alarm policy, its sensors. */
export function UnitSettings({ unitId, onClose }: { unitId: string | undefined; onClose: () => void }) {
  const t = useTranslations('temperature.units')
  const [last, setLast] = useState(unitId)
  if (unitId && unitId !== last) setLast(unitId)
  return (
    <Dialog open={unitId !== undefined} onClose={onClose} title={t('settings')} place="sheet">
      {last && <Settings key={last} unitId={last} onClose={onClose} />}
    </Dialog>
  )
}

function Settings({ unitId, onClose }: { unitId: string; onClose: () => void }) {
  const unit = useUnit(unitId)
  if (unit.isPending) return <SkeletonRows rows={5} />
  if (unit.isError) return <ErrorState error={unit.error} onRetry={unit.refetch} />
  return (
    <div className="grid gap-8">
      <Name unit={unit.data} onClose={onClose} />
      <PolicyForm key={unit.data.policy.id} unit={unit.data} />
      <UnitSensors unit={unit.data} />
    </div>
  )
}

function Name({ unit, onClose }: { unit: Unit; onClose: () => void }) {
  const t = useTranslations('temperature.units')
  const toast = useToast()
  const change = useChangeUnit(unit.id)

  function rename(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const name = String(new FormData(event.currentTarget).get('name'))
    change.mutate({ name }, { onSuccess: () => toast({ message: t('saved') }) })
  }

  function retire() {
    change.mutate(
      { retired: true },
      {
        onSuccess() {
          onClose()
          toast({ message: t('retired', { unit: unit.name }), undo: () => change.mutate({ retired: false }) })
        },
      },
    )
  }

  return (
    <form onSubmit={rename} className="grid gap-3">
      <Field label={t('name')}>
        <Input name="name" required maxLength={120} defaultValue={unit.name} />
      </Field>
      {change.error && <RefusalText error={change.error} />}
      <div className="flex gap-2">
        <Button type="submit" busy={change.isPending}>
          {t('save')}
        </Button>
        <Button look="quiet" onClick={retire}>
          {t('retire')}
        </Button>
      </div>
    </form>
  )
}
