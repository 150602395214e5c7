'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, Choices, Dialog, Field, Input, Select } from '@opsflow/platform/web'
import { type FormEvent, useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import { useBeginPlan } from '../client/index.ts'
import type { PlanSummary } from '../haccp-plan.ts'
import { RefusalText } from './refusal-text.tsx'

type From = 'restaurant' | 'empty' | 'copy'

/** Where it holds, its name, and what it begins with. */
export function NewPlanDialog({
  locationId,
  plans,
  onClose,
  onBegun,
}: {
  locationId: string | undefined
  plans: readonly PlanSummary[]
  onClose: () => void
  onBegun: (id: string) => void
}) {
  const t = useTranslations('haccp.new')
  const { locations, can } = useViewer()
  const language = useLocale() === 'es' ? 'es' : 'en'
  const begin = useBeginPlan()
  const [from, setFrom] = useState<From>('restaurant')
  const here = locations.filter(({ id }) => can('haccp.write', id))

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const wanted = {
      ...({ locationId: String(form.get('location')), name: String(form.get('name')).trim(), language } as const),
      from: from === 'copy' ? { planId: String(form.get('plan')) } : from,
    }
    begin.mutate(wanted, { onSuccess: ({ id }) => onBegun(id) })
  }

  const froms: From[] = plans.length > 0 ? ['restaurant', 'empty', 'copy'] : ['restaurant', 'empty']
  return (
    <Dialog open onClose={onClose} title={t('title')}>
      <form onSubmit={submit} className="grid gap-4">
        <Field label={t('location')}>
          <Select name="location" defaultValue={locationId ?? here[0]?.id}>
            {here.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('name')}>
          <Input name="name" required maxLength={120} placeholder={t('nameExample')} />
        </Field>
        <Choices
          label={t('from')}
          name="from"
          value={from}
          onChange={setFrom}
          columns="grid-cols-1"
          options={froms.map((value) => ({ value, label: t(`froms.${value}`), hint: t(`fromsText.${value}`) }))}
        />
        {from === 'copy' && (
          <Field label={t('copyOf')}>
            <Select name="plan">
              {plans.map(({ id, name, locationId: at }) => (
                <option key={id} value={id}>
                  {[name, locations.find((one) => one.id === at)?.name].filter(Boolean).join(' · ')}
                </option>
              ))}
            </Select>
          </Field>
        )}
        {begin.error && <RefusalText error={begin.error} />}
        <Button look="primary" type="submit" busy={begin.isPending}>
          {t('beginIt')}
        </Button>
      </form>
    </Dialog>
  )
}
