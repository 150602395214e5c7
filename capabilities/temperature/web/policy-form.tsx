'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, Checkbox, ErrorState, Field, Input, SkeletonRows, useToast } from '@opsflow/platform/web'
import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useLimits, useSetPolicy } from '../client/index.ts'
import type { Unit } from '../routes.ts'
import { milliText, parseTemperature, type TemperatureUnit, toMilli } from '../value.ts'
import { RefusalText } from './refusal-text.tsx'

type Bound = { milliF: number; milliC: number } | null

/**
 * How the unit is judged, and when it wakes someone: two different things. Saving makes a new version that holds from
 * now on; what was recorded keeps the version it was judged by.
 */
export function PolicyForm({ unit }: { unit: Unit }) {
  const t = useTranslations('temperature.policy')
  const viewer = useViewer()
  const degrees = viewer.locations.find((location) => location.id === unit.locationId)?.temperatureUnit ?? 'F'
  const toast = useToast()
  const save = useSetPolicy(unit.id)
  const [wrong, setWrong] = useState<string>()
  const { policy } = unit
  const { alarm } = policy

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name) ?? '')
    const max = boundOf(text('max'), degrees)
    const min = boundOf(text('min'), degrees)
    if (max === 'unreadable' || min === 'unreadable') return setWrong(t('unreadable'))
    setWrong(undefined)
    save.mutate(
      {
        limitIds: form.getAll('limits').map(String),
        operatingLimits: policy.operatingLimits,
        alarm:
          max === null && min === null
            ? null
            : {
                limits: { max, min },
                graceMinutes: Number(text('grace')),
                productFilterMinutes: Number(text('filter')),
                schedule: alarm?.schedule ?? [],
              },
        reason: text('reason'),
      },
      { onSuccess: () => toast({ message: t('saved') }) },
    )
  }

  return (
    <form onSubmit={submit} className="grid gap-4 border-t border-line pt-6">
      <h3 className="font-semibold">{t('judged')}</h3>
      <LimitChoice chosen={policy.limitIds} />
      <h3 className="mt-2 font-semibold">{t('alarm')}</h3>
      <p className="-mt-3 text-sm text-ink-muted">{t('alarmText')}</p>
      <div className="grid grid-cols-2 gap-3">
        <Field label={t('above', { unit: degrees })} error={wrong}>
          <Input name="max" inputMode="decimal" defaultValue={textOf(alarm?.limits.max ?? null, degrees)} />
        </Field>
        <Field label={t('below', { unit: degrees })}>
          <Input name="min" inputMode="decimal" defaultValue={textOf(alarm?.limits.min ?? null, degrees)} />
        </Field>
        <Field label={t('grace')} hint={t('graceHint')}>
          <Input name="grace" type="number" min={0} max={1440} defaultValue={alarm?.graceMinutes ?? 30} required />
        </Field>
        <Field label={t('filter')} hint={t('filterHint')}>
          <Input
            name="filter"
            type="number"
            min={0}
            max={240}
            defaultValue={alarm?.productFilterMinutes ?? 0}
            required
          />
        </Field>
      </div>
      <Field label={t('reason')}>
        <Input name="reason" maxLength={500} placeholder={t('reasonHint')} />
      </Field>
      {save.error && <RefusalText error={save.error} />}
      <Button type="submit" busy={save.isPending} className="justify-self-start">
        {t('save')}
      </Button>
    </form>
  )
}

function LimitChoice({ chosen }: { chosen: readonly string[] }) {
  const t = useTranslations('temperature.policy')
  const limits = useLimits()
  if (limits.isPending) return <SkeletonRows rows={2} />
  if (limits.isError) return <ErrorState compact error={limits.error} onRetry={limits.refetch} />
  const ordered = [...limits.data.limits].sort((a, b) => Number(chosen.includes(b.id)) - Number(chosen.includes(a.id)))
  return (
    <fieldset className="max-h-64 overflow-y-auto rounded-lg border border-line px-3">
      <legend className="sr-only">{t('judged')}</legend>
      {ordered.map((limit) => (
        <Checkbox
          key={limit.id}
          name="limits"
          value={limit.id}
          defaultChecked={chosen.includes(limit.id)}
          label={
            <span className="py-2 text-sm leading-snug">
              {limit.what} <bdi dir="ltr">{printed(limit)}</bdi>
              <span className="block text-ink-muted">
                {limit.code} · {limit.jurisdiction}
                {limit.confirmWithAuthority && ` · ${t('confirm')}`}
              </span>
            </span>
          }
        />
      ))}
    </fieldset>
  )
}

const signs = { '<=': '≤', '<': '<', '>=': '≥', '>': '>', 'abs<=': '±' } as const

function printed({ op, milliF, milliC }: { op: keyof typeof signs; milliF: number | null; milliC: number | null }) {
  const pair = [milliF !== null && `${milliText(milliF)} °F`, milliC !== null && `${milliText(milliC)} °C`]
  return `${signs[op]} ${pair.filter(Boolean).join(' / ')}`
}

/** An alarm bound is the kitchen's own arrangement, so it may be converted; a published limit never is. */
function boundOf(text: string, unit: TemperatureUnit): Bound | 'unreadable' {
  if (text.trim() === '') return null
  const read = parseTemperature(text, unit)
  if (!read.ok) return 'unreadable'
  return { milliF: toMilli(read.value, 'F'), milliC: toMilli(read.value, 'C') }
}

const textOf = (bound: Bound, unit: TemperatureUnit) =>
  bound ? milliText(unit === 'F' ? bound.milliF : bound.milliC) : ''
