'use client'
import { useMended } from '@opsflow/platform/client/sync/mended'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, EmptyState, Field, Input, Keypad, NoPermission, PageHeader, SkeletonRows } from '@opsflow/platform/web'
import {
  CalendarDays,
  ChevronRight,
  CookingPot,
  Flame,
  Hourglass,
  MapPin,
  Microwave,
  Snowflake,
  ThermometerSnowflake,
} from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useBegin, useNow, usePlace, useRecentProducts } from '../client/index.ts'
import { localDate } from '../judge-process.ts'
import type { Plan } from '../process.ts'
import { editionAt, processRules } from '../process-rules.ts'
import { PROCESS_KINDS, type ProcessKind } from '../process-words.ts'
import { PlanFields } from './plan-fields.tsx'
import { chipClass, ProbeChoice } from './probe-choice.tsx'
import { RefusalText } from './refusal-text.tsx'
import { useTypedTemperature } from './typed-temperature.ts'
import { boundText } from './words.tsx'

const icons: Record<ProcessKind, ReactNode> = {
  cooling: <ThermometerSnowflake aria-hidden />,
  reheating: <Microwave aria-hidden />,
  hot_holding: <Flame aria-hidden />,
  cooking: <CookingPot aria-hidden />,
  time_control: <Hourglass aria-hidden />,
  thawing: <Snowflake aria-hidden />,
  date_mark: <CalendarDays aria-hidden />,
}

/** Which process, of which food, and what it reads now: three touches and a number. */
export function BeginScreen({
  locationId,
  back,
  onBegun,
}: {
  locationId: string | undefined
  back?: string | undefined
  onBegun: (id: string) => void
}) {
  const t = useTranslations('processes.begin')
  const kinds = useTranslations('processes.kinds')
  const viewer = useViewer()
  const mended = useMended('processes.start')?.args as { plan?: Plan } | undefined
  const [kind, setKind] = useState<ProcessKind | undefined>(mended?.plan?.kind)
  if (!viewer.can('processes.run', locationId)) return <NoPermission />
  const header = (
    <PageHeader
      {...(back && { back: { href: back, label: t('back') } })}
      title={kind ? kinds(kind) : t('title')}
      text={kind ? t(`texts.${kind}`) : t('choose')}
      actions={kind && <Button onClick={() => setKind(undefined)}>{t('another')}</Button>}
    />
  )
  if (!locationId) {
    return (
      <>
        {header}
        <EmptyState icon={<MapPin aria-hidden />} title={t('whichPlace')}>
          {t('whichPlaceText')}
        </EmptyState>
      </>
    )
  }
  return (
    <>
      {header}
      {kind ? (
        <BeginForm key={kind} locationId={locationId} kind={kind} onBegun={onBegun} />
      ) : (
        <ul className="grid gap-2.5 sm:grid-cols-2 xl:grid-cols-3">
          {PROCESS_KINDS.map((one) => (
            <li key={one}>
              <button
                type="button"
                onClick={() => setKind(one)}
                className="flex min-h-20 w-full items-center gap-4 rounded-xl border border-line bg-surface px-4 py-3 text-start shadow-card transition-colors hover:border-line-strong hover:bg-sunken [&_svg]:size-6 [&_svg]:shrink-0"
              >
                <span className="text-accent-ink">{icons[one]}</span>
                <span className="min-w-0 flex-1">
                  <span className="block font-semibold">{kinds(one)}</span>
                  <span className="block text-sm text-ink-muted">{t(`texts.${one}`)}</span>
                </span>
                <ChevronRight aria-hidden className="text-ink-muted rtl:rotate-180" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function BeginForm({
  locationId,
  kind,
  onBegun,
}: {
  locationId: string
  kind: ProcessKind
  onBegun: (id: string) => void
}) {
  const t = useTranslations('processes.begin')
  const begin = useBegin()
  const now = useNow()
  const place = usePlace(locationId)
  const recent = useRecentProducts(locationId, kind)
  const mended = useMended('processes.start')?.args as
    | Partial<{
        product: string
        batch: string
        amount: string
        plan: Plan
        reading: { value: string; unit: 'F' | 'C' } | null
      }>
    | undefined
  const [product, setProduct] = useState(mended?.product ?? '')
  const [batch, setBatch] = useState(mended?.batch ?? '')
  const [amount, setAmount] = useState(mended?.amount ?? '')
  const [chosenPlan, setPlan] = useState<Plan | undefined>(mended?.plan)
  const { value: before = '', unit: beforeUnit } = mended?.reading ?? {}
  const typed = useTypedTemperature(place?.temperatureUnit, { text: before, unit: beforeUnit })
  const [probeId, setProbeId] = useState<string | null>(null)
  if (!place) return <SkeletonRows rows={6} />
  const rules = processRules(editionAt(place))
  const today = localDate(new Date(now).toISOString(), place.timezone)
  const plan = chosenPlan ?? firstPlan(kind, rules.cooking[0]?.id ?? '', today)
  const asksNow = kind === 'cooling' || kind === 'time_control' || kind === 'hot_holding'
  // Both are said by whoever begins it, never assumed.
  const isReady = plan.kind !== 'time_control' || (plan.isMarked && plan.hasProcedure)
  const target =
    plan.kind === 'cooling' && plan.from === 'hot'
      ? rules.cooling.hot
      : plan.kind === 'hot_holding'
        ? rules.hotHolding[plan.food]
        : plan.kind === 'time_control'
          ? rules.timeControl[plan.start]
          : null

  function submit() {
    const value = typed.text === '' ? null : typed.read()
    if (value === undefined) return
    const id = crypto.randomUUID()
    const of = plan.kind === 'thawing' && plan.method === 'water' ? ('water' as const) : ('food' as const)
    const reading = value === null ? null : { id: crypto.randomUUID(), value, unit: typed.unit, of, probeId }
    begin.mutate({ id, locationId, plan, product, batch, amount, reading }, { onSuccess: () => onBegun(id) })
  }

  return (
    <div className="grid gap-4 lg:grid-cols-2 lg:items-start">
      <div className="grid gap-5 rounded-xl border border-line bg-surface p-4 shadow-card sm:p-5">
        <Field label={t('product')}>
          <Input
            value={product}
            maxLength={120}
            autoComplete="off"
            onChange={(event) => setProduct(event.target.value)}
          />
        </Field>
        {recent.length > 0 && (
          <fieldset className="-mt-2 flex flex-wrap gap-2">
            <legend className="sr-only">{t('recent')}</legend>
            {recent.map((name) => (
              <button
                key={name}
                type="button"
                aria-pressed={name === product}
                onClick={() => setProduct(name)}
                className={chipClass(name === product)}
              >
                {name}
              </button>
            ))}
          </fieldset>
        )}
        <PlanFields plan={plan} rules={rules} onChange={setPlan} />
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('batch')} optional={t('optional')}>
            <Input value={batch} maxLength={60} autoComplete="off" onChange={(event) => setBatch(event.target.value)} />
          </Field>
          <Field label={t('amount')} optional={t('optional')}>
            <Input
              value={amount}
              maxLength={60}
              autoComplete="off"
              onChange={(event) => setAmount(event.target.value)}
            />
          </Field>
        </div>
      </div>
      <div className="grid gap-4 rounded-xl border border-line bg-surface p-4 shadow-card sm:p-5">
        {kind !== 'date_mark' && (
          <>
            <div>
              <h2 className="text-lg font-semibold tracking-[-0.01em]">{t('readsNow')}</h2>
              {target && (
                <p className="text-sm text-ink-muted">
                  {t('beginsAt')} <bdi dir="ltr">{boundText(target, place.temperatureUnit)}</bdi>
                </p>
              )}
            </div>
            <Keypad label={t('temperature')} {...typed.keypad} onEnter={submit} />
            <ProbeChoice locationId={locationId} now={now} value={probeId} onChange={setProbeId} />
          </>
        )}
        {begin.error && <RefusalText error={begin.error} />}
        <Button
          look="primary"
          className="min-h-14 text-base"
          disabled={product.trim() === '' || (asksNow && typed.text === '') || !isReady}
          busy={begin.isPending}
          onClick={submit}
        >
          {kind === 'date_mark' ? t('makeLabel') : t('start')}
        </Button>
      </div>
    </div>
  )
}

/** What is usual, until someone says otherwise. */
function firstPlan(kind: ProcessKind, rule: string, today: string): Plan {
  switch (kind) {
    case 'cooling':
      return { kind, from: 'hot' }
    case 'reheating':
      return { kind, food: 'usual' }
    case 'hot_holding':
      return { kind, food: 'usual', everyMinutes: 120 }
    case 'cooking':
      return { kind, rule }
    case 'time_control':
      return { kind, hours: 4, start: 'cold', isMarked: false, hasProcedure: false }
    case 'thawing':
      return { kind, method: 'refrigerator', isRaw: true }
    case 'date_mark':
      return { kind, ingredientPrepDates: [today], manufacturerUseBy: null }
  }
}
