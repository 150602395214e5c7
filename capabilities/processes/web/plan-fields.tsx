'use client'
import { Button, Field, Input, Select, Switch } from '@opsflow/platform/web'
import { Plus, X } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { Plan } from '../process.ts'
import type { ProcessRules } from '../process-rules.ts'
import { TIME_CONTROL_STARTS } from '../process-words.ts'
import { THAWING_METHODS } from '../thawing.ts'
import { chipClass } from './probe-choice.tsx'
import { boundText } from './words.tsx'

type Props<Kind extends Plan['kind']> = {
  plan: Extract<Plan, { kind: Kind }>
  rules: ProcessRules
  onChange: (plan: Plan) => void
}

/** What of a process decides how it is judged, as its kind asks for it. */
export function PlanFields({
  plan,
  rules,
  onChange,
}: {
  plan: Plan
  rules: ProcessRules
  onChange: (plan: Plan) => void
}) {
  switch (plan.kind) {
    case 'cooling':
      return <CoolingFields plan={plan} rules={rules} onChange={onChange} />
    case 'reheating':
      return <ReheatingFields plan={plan} rules={rules} onChange={onChange} />
    case 'hot_holding':
      return <HotHoldingFields plan={plan} rules={rules} onChange={onChange} />
    case 'cooking':
      return <CookingFields plan={plan} rules={rules} onChange={onChange} />
    case 'time_control':
      return <TimeControlFields plan={plan} rules={rules} onChange={onChange} />
    case 'thawing':
      return <ThawingFields plan={plan} rules={rules} onChange={onChange} />
    case 'date_mark':
      return <DateMarkFields plan={plan} rules={rules} onChange={onChange} />
  }
}

function Choice<Value extends string | number>({
  label,
  value,
  options,
  onChange,
}: {
  label: string
  value: Value
  options: readonly { value: Value; label: string }[]
  onChange: (value: Value) => void
}) {
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">{label}</legend>
      <div className="flex flex-wrap gap-2">
        {options.map((option) => (
          <button
            key={option.value}
            type="button"
            aria-pressed={option.value === value}
            onClick={() => onChange(option.value)}
            className={chipClass(option.value === value)}
          >
            {option.label}
          </button>
        ))}
      </div>
    </fieldset>
  )
}

function CoolingFields({ plan, onChange }: Props<'cooling'>) {
  const t = useTranslations('processes.plan')
  return (
    <Choice
      label={t('from')}
      value={plan.from}
      options={(['hot', 'ambient'] as const).map((value) => ({ value, label: t(`froms.${value}`) }))}
      onChange={(from) => onChange({ ...plan, from })}
    />
  )
}

function ReheatingFields({ plan, onChange }: Props<'reheating'>) {
  const t = useTranslations('processes.plan')
  return (
    <Choice
      label={t('food')}
      value={plan.food}
      options={(['usual', 'commercial'] as const).map((value) => ({ value, label: t(`foods.${value}`) }))}
      onChange={(food) => onChange({ ...plan, food })}
    />
  )
}

function HotHoldingFields({ plan, onChange }: Props<'hot_holding'>) {
  const t = useTranslations('processes.plan')
  return (
    <>
      <Choice
        label={t('food')}
        value={plan.food}
        options={(['usual', 'roast'] as const).map((value) => ({ value, label: t(`held.${value}`) }))}
        onChange={(food) => onChange({ ...plan, food })}
      />
      <Choice
        label={t('every')}
        value={plan.everyMinutes}
        options={[60, 120, 240].map((value) => ({ value, label: t('hours', { count: value / 60 }) }))}
        onChange={(everyMinutes) => onChange({ ...plan, everyMinutes })}
      />
    </>
  )
}

const COOKED = [
  'us.cook_165',
  'us.cook_155',
  'us.cook_145',
  'us.cook_plant',
  'us.microwave_raw',
  'us.cook_roast',
  'uk.cook',
] as const
const wordOf = (id: string) => COOKED.find((one) => one === id)?.replace('.', '_') as 'us_cook_165' | undefined

function CookingFields({ plan, rules, onChange }: Props<'cooking'>) {
  const t = useTranslations('processes.plan')
  return (
    <Field label={t('food')}>
      <Select value={plan.rule} onChange={(event) => onChange({ ...plan, rule: event.target.value })}>
        {rules.cooking.map((rule) => {
          const word = wordOf(rule.id)
          return (
            <option key={rule.id} value={rule.id}>
              {word ? t(`cooked.${word}`) : rule.id} · {boundText(rule, rule.milliF === null ? 'C' : 'F')}
            </option>
          )
        })}
      </Select>
    </Field>
  )
}

function TimeControlFields({ plan, rules, onChange }: Props<'time_control'>) {
  const t = useTranslations('processes.plan')
  const { hours } = rules.timeControl
  const starts = TIME_CONTROL_STARTS.filter((start) => hours[start].length > 0)
  return (
    <>
      <Choice
        label={t('start')}
        value={plan.start}
        options={starts.map((value) => ({ value, label: t(`starts.${value}`) }))}
        onChange={(start) => onChange({ ...plan, start, hours: hours[start].includes(plan.hours) ? plan.hours : 4 })}
      />
      <Choice
        label={t('howLong')}
        value={plan.hours}
        options={([4, 6] as const)
          .filter((value) => hours[plan.start].includes(value))
          .map((value) => ({ value, label: t('hours', { count: value }) }))}
        onChange={(chosen) => onChange({ ...plan, hours: chosen })}
      />
      <Switch label={t('isMarked')} checked={plan.isMarked} onChange={(isMarked) => onChange({ ...plan, isMarked })} />
      <Switch
        label={t('hasProcedure')}
        checked={plan.hasProcedure}
        onChange={(hasProcedure) => onChange({ ...plan, hasProcedure })}
      />
    </>
  )
}

function ThawingFields({ plan, onChange }: Props<'thawing'>) {
  const t = useTranslations('processes.plan')
  return (
    <>
      <Choice
        label={t('method')}
        value={plan.method}
        options={THAWING_METHODS.map((value) => ({ value, label: t(`methods.${value}`) }))}
        onChange={(method) => onChange({ ...plan, method })}
      />
      <Choice
        label={t('food')}
        value={plan.isRaw ? 'raw' : 'ready'}
        options={(['raw', 'ready'] as const).map((value) => ({ value, label: t(`thawed.${value}`) }))}
        onChange={(food) => onChange({ ...plan, isRaw: food === 'raw' })}
      />
    </>
  )
}

function DateMarkFields({ plan, onChange }: Props<'date_mark'>) {
  const t = useTranslations('processes.plan')
  const dates = plan.ingredientPrepDates
  const set = (index: number, date: string) =>
    onChange({ ...plan, ingredientPrepDates: dates.map((one, i) => (i === index ? date : one)) })
  return (
    <>
      {dates.map((date, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two ingredients may be of one day
        <div key={index} className="flex items-end gap-2">
          <Field label={index === 0 ? t('prepared') : t('ingredient', { number: index + 1 })} className="flex-1">
            <Input
              type="date"
              value={date}
              onChange={(event) => event.target.value && set(index, event.target.value)}
            />
          </Field>
          {index > 0 && (
            <Button
              aria-label={t('without')}
              onClick={() => onChange({ ...plan, ingredientPrepDates: dates.filter((_, i) => i !== index) })}
            >
              <X aria-hidden />
            </Button>
          )}
        </div>
      ))}
      {dates.length < 20 && (
        <Button
          look="quiet"
          className="justify-self-start"
          onClick={() => onChange({ ...plan, ingredientPrepDates: [...dates, dates[0] ?? ''] })}
        >
          <Plus aria-hidden />
          {t('anotherIngredient')}
        </Button>
      )}
      <Field label={t('useBy')} optional={t('optional')} hint={t('useByHint')}>
        <Input
          type="date"
          value={plan.manufacturerUseBy ?? ''}
          onChange={(event) => onChange({ ...plan, manufacturerUseBy: event.target.value || null })}
        />
      </Field>
    </>
  )
}
