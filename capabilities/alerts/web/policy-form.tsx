'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, Checkbox, Field, Input, Select, Switch, useToast } from '@opsflow/platform/web'
import { Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { usePolicyPreview, useSavePolicy, useTakeBackPolicy } from '../client/index.ts'
import type { Policy, PolicyStep } from '../policy.ts'
import type { PolicyRecord } from '../policy-record.ts'
import { AUDIENCES, type Kind, type Severity, WAYS } from '../words.ts'
import { useDuration } from './policy-words.tsx'

const WAITS = [0, 5, 10, 15, 20, 30, 45, 60, 90, 120, 240, 480, 1440]
const TIMES = [5, 10, 15, 30, 60, 120, 240, 480, 1440]
const MOST_STEPS = 6

type Props = {
  sort: { kind: Kind; severity: Severity }
  node: { groupId: string | null; locationId: string | null }
  record: PolicyRecord | undefined
  policy: Policy
  onDone: () => void
}

export function PolicyForm({ sort, node, record, policy, onDone }: Props) {
  const t = useTranslations('alerts.policies')
  const toast = useToast()
  const [next, setNext] = useState(policy)
  const save = useSavePolicy()
  const takeBack = useTakeBackPolicy()
  const change = (part: Partial<Policy>) => setNext({ ...next, ...part })
  const changeStep = (at: number, part: Partial<PolicyStep>) =>
    change({ steps: next.steps.map((step, n) => (n === at ? { ...step, ...part } : step)) })
  const after = {
    onSuccess: onDone,
    onError: (error: Error) => toast({ message: error.message || t('failed'), tone: 'danger' as const }),
  }
  const isWhole = next.steps.every(({ to }) => to.length > 0)
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (isWhole) save.mutate({ ...sort, ...node, policy: next, revision: record?.revision ?? 0 }, after)
      }}
    >
      <Switch label={t('isOn')} checked={next.isOn} onChange={(isOn) => change({ isOn })} />
      <ol className="grid gap-3">
        {next.steps.map((step, at) => (
          <Step
            // biome-ignore lint/suspicious/noArrayIndexKey: steps have no name but their place
            key={at}
            number={at + 1}
            step={step}
            onChange={(part) => changeStep(at, part)}
            onRemove={
              next.steps.length > 1 ? () => change({ steps: next.steps.filter((_, n) => n !== at) }) : undefined
            }
          />
        ))}
      </ol>
      {next.steps.length < MOST_STEPS && (
        <Button
          onClick={() => change({ steps: [...next.steps, { afterMinutes: 30, to: ['admins'], ways: ['email'] }] })}
        >
          <Plus aria-hidden />
          {t('addStep')}
        </Button>
      )}
      <Rest policy={next} onChange={change} />
      <Preview sort={sort} policy={next} locationId={node.locationId} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary" busy={save.isPending} disabled={!isWhole}>
          {t('save')}
        </Button>
        {record && (
          <Button look="quiet" busy={takeBack.isPending} onClick={() => takeBack.mutate(record.id, after)}>
            {t('takeBack')}
          </Button>
        )}
      </div>
    </form>
  )
}

type StepProps = {
  number: number
  step: PolicyStep
  onChange: (part: Partial<PolicyStep>) => void
  onRemove: (() => void) | undefined
}

function Step({ number, step, onChange, onRemove }: StepProps) {
  const t = useTranslations('alerts.policies')
  const toggled = <Of extends string>(all: readonly Of[], one: Of, on: boolean) =>
    on ? [...all, one] : all.filter((other) => other !== one)
  return (
    <li className="rounded-lg border border-line p-3">
      <fieldset className="grid gap-2">
        <legend className="float-start text-sm font-semibold">{t('stepNumber', { number })}</legend>
        <div className="flex flex-wrap items-end gap-2">
          <Field label={t('wait')} className="min-w-44 flex-1">
            <Minutes of={WAITS} value={step.afterMinutes} onChange={(afterMinutes) => onChange({ afterMinutes })} />
          </Field>
          {onRemove && (
            <Button look="quiet" aria-label={t('removeStep', { number })} onClick={onRemove}>
              <Trash2 aria-hidden />
            </Button>
          )}
        </div>
        <div className="grid gap-x-4 sm:grid-cols-2">
          {AUDIENCES.map((audience) => (
            <Checkbox
              key={audience}
              label={t(`audiences.${audience}`)}
              checked={step.to.includes(audience)}
              onChange={(event) => onChange({ to: toggled(step.to, audience, event.target.checked) })}
            />
          ))}
        </div>
        <div className="flex flex-wrap gap-x-4 border-t border-line pt-1">
          {WAYS.map((way) => (
            <Checkbox
              key={way}
              label={t(`ways.${way}`)}
              checked={step.ways.includes(way)}
              onChange={(event) => onChange({ ways: toggled(step.ways, way, event.target.checked) })}
            />
          ))}
        </div>
      </fieldset>
    </li>
  )
}

function Minutes({
  of,
  value,
  onChange,
}: {
  of: readonly number[]
  value: number
  onChange: (minutes: number) => void
}) {
  const t = useTranslations('alerts.policies')
  const duration = useDuration()
  const choices = of.includes(value) ? of : [...of, value].sort((a, b) => a - b)
  return (
    <Select value={value} onChange={(event) => onChange(Number(event.target.value))}>
      {choices.map((minutes) => (
        <option key={minutes} value={minutes}>
          {minutes === 0 ? t('atOnce') : duration(minutes)}
        </option>
      ))}
    </Select>
  )
}

function Rest({ policy, onChange }: { policy: Policy; onChange: (part: Partial<Policy>) => void }) {
  const t = useTranslations('alerts.policies')
  const { quiet } = policy
  const hour = (part: 'from' | 'to', value: string) => {
    if (!quiet || !/^\d\d:\d\d$/.test(value)) return
    const next = { ...quiet, [part]: value }
    if (next.from !== next.to) onChange({ quiet: next })
  }
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Field label={t('repeatEvery')}>
        <Minutes of={TIMES} value={policy.repeatMinutes} onChange={(repeatMinutes) => onChange({ repeatMinutes })} />
      </Field>
      <Field label={t('repeats')}>
        <Select value={policy.repeats} onChange={(event) => onChange({ repeats: Number(event.target.value) })}>
          {Array.from({ length: 21 }, (_, times) => times).map((times) => (
            <option key={times} value={times}>
              {t('times', { count: times })}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('hold')} hint={t('holdHint')}>
        <Minutes of={TIMES} value={policy.holdMinutes} onChange={(holdMinutes) => onChange({ holdMinutes })} />
      </Field>
      <div className="sm:col-span-2">
        <Switch
          label={t('breaksQuiet')}
          hint={t('breaksQuietHint')}
          checked={policy.breaksQuiet}
          onChange={(breaksQuiet) => onChange({ breaksQuiet })}
        />
        <Switch
          label={t('quiet')}
          hint={t('quietHint')}
          checked={quiet !== null}
          onChange={(on) => onChange({ quiet: on ? { from: '22:00', to: '06:00' } : null })}
        />
      </div>
      {quiet && (
        <>
          <Field label={t('from')}>
            <Input type="time" value={quiet.from} onChange={(event) => hour('from', event.target.value)} />
          </Field>
          <Field label={t('to')}>
            <Input type="time" value={quiet.to} onChange={(event) => hour('to', event.target.value)} />
          </Field>
        </>
      )}
    </div>
  )
}

const SIX = 6 * 60

/** If it began at six in the morning, at one location: who would hear of it, and when. */
function Preview({ sort, policy, locationId }: Pick<Props, 'sort' | 'policy'> & { locationId: string | null }) {
  const t = useTranslations('alerts.policies')
  const { locations } = useViewer()
  const [chosen, setChosen] = useState(locations[0]?.id)
  const at = locationId ?? chosen
  const isWhole = policy.steps.every(({ to }) => to.length > 0)
  const { data } = usePolicyPreview(at && isWhole ? { ...sort, locationId: at, policy } : undefined)
  const clock = (after: number) => {
    const minute = (SIX + after) % 1440
    return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
  }
  return (
    <section aria-label={t('preview')} className="grid gap-2 rounded-lg bg-sunken p-3 text-sm">
      <h3 className="font-semibold">{t('preview')}</h3>
      {locationId === null && (
        <Select aria-label={t('previewAt')} value={at} onChange={(event) => setChosen(event.target.value)}>
          {locations.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      )}
      {data?.items.length === 0 && <p>{t('nobody')}</p>}
      <ol className="grid gap-1">
        {data?.items.map(({ afterMinutes, people }) => (
          <li key={afterMinutes} className="flex gap-3">
            <span className="tabular-nums">{clock(afterMinutes)}</span>
            <span>{people.map(({ name }) => name).join(', ')}</span>
          </li>
        ))}
      </ol>
      <p className="text-ink-muted">{t('previewText')}</p>
    </section>
  )
}
