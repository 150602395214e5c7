'use client'
import { Button, Choices, Dialog, Field, IconButton, Select, Switch } from '@opsflow/platform/web'
import { Plus, X } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { newOption, usualOnFail } from '../../edit-draft.ts'
import type { Item, ItemOf } from '../../item.ts'
import type { DraftContent } from '../../template.ts'
import type { TemplateProblem } from '../../template-problems.ts'
import { Group } from './group.tsx'
import { LIMITS, limitKey } from './kinds.tsx'
import { OnFailFields } from './on-fail-fields.tsx'
import { PictureField } from './picture-field.tsx'
import { ProblemText } from './problem-text.tsx'
import { ItemScoringFields, OptionPointsFields } from './scoring-fields.tsx'
import { ShowIfFields } from './show-if-fields.tsx'
import { UnitKindBoxes } from './unit-kind-boxes.tsx'
import { BoundInput, LongInput, WordsInput } from './words-input.tsx'

/** A question, with what most leave as it is further down. What is changed is saved as it is changed. */
export function ItemSheet({
  item,
  content,
  disabled,
  problems,
  onChange,
  onClose,
}: {
  item: Item
  content: DraftContent
  disabled: boolean
  problems: readonly TemplateProblem[]
  onChange: (item: Item) => void
  onClose: () => void
}) {
  const t = useTranslations('templates')
  const isAsked = item.kind !== 'instruction'
  return (
    <Dialog
      open
      onClose={onClose}
      place="sheet"
      title={t(`kinds.${item.kind}`)}
      footer={
        <Button look="primary" onClick={onClose}>
          {t('done')}
        </Button>
      }
    >
      <fieldset disabled={disabled} className="grid gap-5">
        {problems.map((problem) => (
          <ProblemText key={problem.path} problem={problem} />
        ))}
        <Field label={t(isAsked ? 'question' : 'whatToRead')}>
          <WordsInput autoFocus value={item.label} onChange={(label) => onChange({ ...item, label })} />
        </Field>
        <KindFields item={item} onChange={onChange} />
        <Field label={t('help')} optional={t('optional')} hint={t('helpHint')}>
          <LongInput maxLength={4000} value={item.help} onChange={(help) => onChange({ ...item, help })} />
        </Field>
        <PictureField value={item.picture} onChange={(picture) => onChange({ ...item, picture })} />
        {isAsked && (
          <Group title={t('answering')}>
            <Switch
              label={t('required')}
              checked={item.required}
              onChange={(required) => onChange({ ...item, required })}
            />
            <Switch
              label={t('mayBeNotApplicable')}
              hint={t('mayBeNotApplicableHint')}
              checked={item.mayBeNotApplicable}
              onChange={(mayBeNotApplicable) => onChange({ ...item, mayBeNotApplicable })}
            />
            <Switch
              label={t('isCritical')}
              hint={t('isCriticalHint')}
              checked={item.isCritical}
              onChange={(isCritical) => onChange({ ...item, isCritical })}
            />
            <Field label={t('weight')} hint={t('weightHint')}>
              <BoundInput
                value={item.weight}
                onChange={(weight) =>
                  weight !== null &&
                  weight >= 0 &&
                  weight <= 1000 &&
                  Number.isInteger(weight) &&
                  onChange({ ...item, weight })
                }
              />
            </Field>
            {content.scoring && (
              <div className="grid gap-4 pt-3">
                <ItemScoringFields item={item} scoring={content.scoring} onChange={onChange} />
                {item.kind === 'choice' && (
                  <OptionPointsFields item={item} scoring={content.scoring} onChange={onChange} />
                )}
              </div>
            )}
          </Group>
        )}
        {canFail(item) && (
          <OnFailFields onFail={item.onFail} usual={usualOnFail} onChange={(onFail) => onChange({ ...item, onFail })} />
        )}
        <ShowIfFields of={item} content={content} onChange={(showIf) => onChange({ ...item, showIf })} />
        <LocalFields item={item} onChange={onChange} />
      </fieldset>
    </Dialog>
  )
}

const canFail = (item: Item) =>
  ['pass_fail', 'yes_no', 'number', 'temperature', 'choice', 'scan', 'timer'].includes(item.kind)

function KindFields({ item, onChange }: { item: Item; onChange: (item: Item) => void }) {
  const t = useTranslations('templates')
  switch (item.kind) {
    case 'yes_no':
      return (
        <Choices
          label={t('failsOn')}
          name="failsOn"
          value={item.failsOn}
          onChange={(failsOn) => onChange({ ...item, failsOn })}
          options={(['no', 'yes', 'neither'] as const).map((value) => ({ value, label: t(`failsOnAnswers.${value}`) }))}
          columns="grid-cols-3"
        />
      )
    case 'number':
      return (
        <div className="grid grid-cols-3 gap-3">
          <Field label={t('min')}>
            <BoundInput value={item.min} onChange={(min) => onChange({ ...item, min })} />
          </Field>
          <Field label={t('max')}>
            <BoundInput value={item.max} onChange={(max) => onChange({ ...item, max })} />
          </Field>
          <Field label={t('unit')}>
            <input
              maxLength={20}
              aria-label={t('unit')}
              value={item.unit}
              onChange={(event) => onChange({ ...item, unit: event.target.value })}
              className="min-h-target w-full rounded-lg border border-line-strong/70 bg-surface px-3"
            />
          </Field>
        </div>
      )
    case 'temperature':
      return <TemperatureFields item={item} onChange={onChange} />
    case 'photo':
      return (
        <Field label={t('atLeast')}>
          <Select value={item.atLeast} onChange={(event) => onChange({ ...item, atLeast: Number(event.target.value) })}>
            {[1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((count) => (
              <option key={count}>{count}</option>
            ))}
          </Select>
        </Field>
      )
    case 'text':
      return <Switch label={t('longText')} checked={item.long} onChange={(long) => onChange({ ...item, long })} />
    case 'choice':
      return <OptionFields item={item} onChange={onChange} />
    case 'moment':
      return (
        <Choices
          label={t('asks')}
          name="asks"
          value={item.asks}
          onChange={(asks) => onChange({ ...item, asks })}
          options={(['date', 'time', 'date_time'] as const).map((value) => ({ value, label: t(`moments.${value}`) }))}
          columns="grid-cols-3"
        />
      )
    case 'scan':
      return (
        <Field label={t('expects')} optional={t('optional')} hint={t('expectsHint')}>
          <LongInput
            maxLength={300}
            value={item.expects ?? ''}
            onChange={(text) => onChange({ ...item, expects: text || null })}
          />
        </Field>
      )
    case 'timer':
      return (
        <Field label={t('minutes')}>
          <BoundInput
            value={item.seconds / 60}
            unit="min"
            onChange={(minutes) =>
              minutes !== null &&
              minutes >= 0.1 &&
              minutes <= 1440 &&
              onChange({ ...item, seconds: Math.round(minutes * 60) })
            }
          />
        </Field>
      )
    default:
      return null
  }
}

function TemperatureFields({ item, onChange }: { item: ItemOf<'temperature'>; onChange: (item: Item) => void }) {
  const t = useTranslations('templates')
  const { subject } = item
  const set = (changed: ItemOf<'temperature'>['subject']) => onChange({ ...item, subject: changed })
  return (
    <>
      <Choices
        label={t('temperatureOf')}
        name="subject"
        value={subject.kind}
        onChange={(kind) =>
          set(
            kind === 'unit'
              ? { kind, unitKinds: [] }
              : { kind, limitId: 'us.cold_hold', unit: 'F', min: null, max: null },
          )
        }
        options={(['unit', 'food'] as const).map((value) => ({
          value,
          label: t(`subjects.${value}`),
          hint: t(`subjectHints.${value}`),
        }))}
        columns="grid-cols-2"
      />
      {subject.kind === 'unit' ? (
        <UnitKindBoxes
          label={t('ofWhichUnits')}
          value={subject.unitKinds}
          onChange={(unitKinds) => set({ ...subject, unitKinds })}
        />
      ) : (
        <>
          <Field label={t('limit')}>
            <Select
              value={subject.limitId ?? ''}
              onChange={(event) => set({ ...subject, limitId: event.target.value || null })}
            >
              {LIMITS.map((id) => (
                <option key={id} value={id}>
                  {t(`limits.${limitKey(id)}`)}
                </option>
              ))}
              {subject.limitId && !LIMITS.some((id) => id === subject.limitId) && <option>{subject.limitId}</option>}
              <option value="">{t('ownLimit')}</option>
            </Select>
          </Field>
          {subject.limitId === null && (
            <div className="grid grid-cols-3 gap-3">
              <Field label={t('min')}>
                <BoundInput
                  value={subject.min}
                  unit={`°${subject.unit}`}
                  onChange={(min) => set({ ...subject, min })}
                />
              </Field>
              <Field label={t('max')}>
                <BoundInput
                  value={subject.max}
                  unit={`°${subject.unit}`}
                  onChange={(max) => set({ ...subject, max })}
                />
              </Field>
              <Field label={t('unit')}>
                <Select
                  value={subject.unit}
                  onChange={(event) => set({ ...subject, unit: event.target.value as 'F' | 'C' })}
                >
                  <option value="F">°F</option>
                  <option value="C">°C</option>
                </Select>
              </Field>
            </div>
          )}
        </>
      )}
    </>
  )
}

function OptionFields({ item, onChange }: { item: ItemOf<'choice'>; onChange: (item: Item) => void }) {
  const t = useTranslations('templates')
  const set = (options: ItemOf<'choice'>['options']) => onChange({ ...item, options })
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 text-sm font-medium">{t('options')}</legend>
      {item.options.map((option, n) => (
        <div key={option.id} className="grid grid-cols-[1fr_auto_auto] items-center gap-2">
          <WordsInput
            maxLength={200}
            label={t('option', { number: n + 1 })}
            value={option.label}
            onChange={(label) => set(item.options.map((one) => (one.id === option.id ? { ...one, label } : one)))}
          />
          <label className="flex min-h-target items-center gap-2 text-sm">
            <input
              type="checkbox"
              className="size-5 accent-accent"
              checked={option.fails}
              onChange={(event) =>
                set(item.options.map((one) => (one.id === option.id ? { ...one, fails: event.target.checked } : one)))
              }
            />
            {t('fails')}
          </label>
          <IconButton
            label={t('removeOption', { name: option.label })}
            icon={<X aria-hidden />}
            disabled={item.options.length === 1}
            onClick={() => set(item.options.filter(({ id }) => id !== option.id))}
          />
        </div>
      ))}
      <div className="flex flex-wrap items-center gap-x-4">
        <Button
          look="quiet"
          onClick={() =>
            set([
              ...item.options,
              newOption(t('option', { number: item.options.length + 1 }), () => crypto.randomUUID()),
            ])
          }
        >
          <Plus aria-hidden />
          {t('addOption')}
        </Button>
      </div>
      <Switch label={t('several')} checked={item.several} onChange={(several) => onChange({ ...item, several })} />
    </fieldset>
  )
}

function LocalFields({ item, onChange }: { item: Item; onChange: (item: Item) => void }) {
  const t = useTranslations('templates')
  const hasLimit = item.kind === 'number' || (item.kind === 'temperature' && item.subject.kind === 'food')
  const fields = (['hidden', 'label', 'help', 'limit'] as const).filter((field) => field !== 'limit' || hasLimit)
  return (
    <Group title={t('localTitle')} hint={t('localHint')}>
      {fields.map((field) => (
        <Switch
          key={field}
          label={t(`localFields.${field}`)}
          checked={item.local.includes(field)}
          onChange={(isOpen) =>
            onChange({ ...item, local: isOpen ? [...item.local, field] : item.local.filter((one) => one !== field) })
          }
        />
      ))}
    </Group>
  )
}
