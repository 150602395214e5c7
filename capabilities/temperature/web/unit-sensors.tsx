'use client'
import { Button, ErrorState, Field, Input, RelativeTime, SkeletonRows } from '@opsflow/platform/web'
import { Plus, RadioReceiver } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useSensors, useSetUpSensor } from '../client/index.ts'
import type { Unit } from '../routes.ts'
import { RefusalText } from './refusal-text.tsx'

export function UnitSensors({ unit }: { unit: Unit }) {
  const t = useTranslations('temperature.sensors')
  const sensors = useSensors(unit.id)
  const [adding, setAdding] = useState(false)
  return (
    <section className="grid gap-3 border-t border-line pt-6">
      <h3 className="font-semibold">{t('title')}</h3>
      {sensors.isPending && <SkeletonRows rows={1} />}
      {sensors.isError && <ErrorState compact error={sensors.error} onRetry={sensors.refetch} />}
      {sensors.data?.items.length === 0 && <p className="text-sm text-ink-muted">{t('none')}</p>}
      <ul className="grid gap-2">
        {sensors.data?.items.map((sensor) => (
          <li key={sensor.id} className="flex items-center gap-3 rounded-lg border border-line px-3 py-2.5">
            <RadioReceiver aria-hidden className="size-5 text-ink-muted" />
            <span className="min-w-0 flex-1">
              <span className="block truncate text-sm font-medium">{sensor.name}</span>
              <span className="block truncate font-mono text-xs text-ink-muted">{sensor.externalId ?? sensor.id}</span>
            </span>
            <span className="text-end text-sm text-ink-muted">
              {sensor.lastReceivedAt ? <RelativeTime at={sensor.lastReceivedAt} /> : t('neverHeard')}
              {sensor.cadenceSeconds && (
                <span className="block text-xs">
                  {t('cadence', { minutes: Math.round(sensor.cadenceSeconds / 60) })}
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
      {adding ? (
        <NewSensor unitId={unit.id} onDone={() => setAdding(false)} />
      ) : (
        <Button className="justify-self-start" onClick={() => setAdding(true)}>
          <Plus aria-hidden />
          {t('add')}
        </Button>
      )}
    </section>
  )
}

function NewSensor({ unitId, onDone }: { unitId: string; onDone: () => void }) {
  const t = useTranslations('temperature.sensors')
  const setUp = useSetUpSensor()

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const externalId = String(form.get('externalId')).trim()
    setUp.mutate(
      {
        unitId,
        name: String(form.get('name')),
        externalId: externalId || null,
        cadenceSeconds: Number(form.get('minutes')) * 60,
      },
      { onSuccess: onDone },
    )
  }

  return (
    <form onSubmit={submit} className="grid gap-4 rounded-lg border border-line p-4">
      <Field label={t('name')}>
        <Input name="name" required maxLength={120} />
      </Field>
      <Field label={t('externalId')} hint={t('externalIdHint')}>
        <Input name="externalId" maxLength={200} className="font-mono" />
      </Field>
      <Field label={t('minutes')}>
        <Input name="minutes" type="number" min={1} max={1440} defaultValue={10} required />
      </Field>
      {setUp.error && <RefusalText error={setUp.error} />}
      <Button type="submit" busy={setUp.isPending} className="justify-self-start">
        {t('add')}
      </Button>
    </form>
  )
}
