'use client'
import { Button, Field, IconButton, Input, Select, Switch } from '@opsflow/platform/web'
import { Plus, X } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { askable } from '../../edit-draft.ts'
import type { Condition, Item, ShowIf } from '../../item.ts'
import type { DraftContent } from '../../template.ts'
import { Group } from './group.tsx'

type Asks = Condition['is']

/** Which comparisons make sense of a question, the likeliest first. */
const comparisons = (item: Item | undefined): Asks[] => {
  switch (item?.kind) {
    case 'yes_no':
    case 'choice':
      return ['equal', 'not_equal', 'failing', 'passing', 'answered']
    case 'number':
    case 'temperature':
      return ['above', 'below', 'failing', 'passing', 'answered']
    case 'pass_fail':
      return ['failing', 'passing', 'answered']
    case 'text':
    case 'scan':
      return ['answered', 'equal', 'not_equal']
    default:
      return ['answered']
  }
}
const needsValue = (is: Asks) => is === 'equal' || is === 'not_equal' || is === 'above' || is === 'below'

/** "Show only if … is …": asked of questions further up. */
export function ShowIfFields({
  of,
  content,
  onChange,
}: {
  of: Pick<Item, 'id' | 'showIf'>
  content: DraftContent
  onChange: (showIf: ShowIf | null) => void
}) {
  const t = useTranslations('templates.showIf')
  const above = askable(content, of.id)
  const { showIf } = of
  const first = (item: Item | undefined): Condition => {
    const [is = 'answered'] = comparisons(item)
    return { itemId: item?.id ?? '', is, value: usualValue(item, is) }
  }
  if (above.length === 0 && !showIf) return null
  return (
    <Group title={t('title')}>
      <Switch
        label={t('always')}
        checked={showIf === null}
        onChange={(always) => onChange(always ? null : { every: 'all', of: [first(above.at(-1))] })}
      />
      {showIf && (
        <div className="grid gap-3">
          {showIf.of.length > 1 && (
            <Field label={t('every')}>
              <Select
                value={showIf.every}
                onChange={(event) => onChange({ ...showIf, every: event.target.value as ShowIf['every'] })}
              >
                <option value="all">{t('all')}</option>
                <option value="any">{t('any')}</option>
              </Select>
            </Field>
          )}
          {showIf.of.map((condition, n) => (
            <ConditionFields
              // biome-ignore lint/suspicious/noArrayIndexKey: a condition is its place
              key={n}
              condition={condition}
              above={above}
              onChange={(changed) => onChange({ ...showIf, of: showIf.of.map((one, m) => (m === n ? changed : one)) })}
              onRemove={() => {
                const left = showIf.of.filter((_, m) => m !== n)
                onChange(left.length > 0 ? { ...showIf, of: left } : null)
              }}
              first={first}
            />
          ))}
          {showIf.of.length < 10 && (
            <Button
              look="quiet"
              className="justify-self-start"
              onClick={() => onChange({ ...showIf, of: [...showIf.of, first(above.at(-1))] })}
            >
              <Plus aria-hidden />
              {t('add')}
            </Button>
          )}
        </div>
      )}
    </Group>
  )
}

const usualValue = (item: Item | undefined, is: Asks): string => {
  if (!needsValue(is)) return ''
  if (item?.kind === 'yes_no') return 'yes'
  return item?.kind === 'choice' ? (item.options[0]?.id ?? '') : ''
}

function ConditionFields({
  condition,
  above,
  onChange,
  onRemove,
  first,
}: {
  condition: Condition
  above: readonly Item[]
  onChange: (condition: Condition) => void
  onRemove: () => void
  first: (item: Item | undefined) => Condition
}) {
  const t = useTranslations('templates.showIf')
  const asked = above.find(({ id }) => id === condition.itemId)
  return (
    <div className="grid grid-cols-[1fr_auto] items-end gap-2 rounded-lg border border-line p-3">
      <Field label={t('onlyIf')} className="col-span-2">
        <Select
          value={condition.itemId}
          onChange={(event) => onChange(first(above.find(({ id }) => id === event.target.value)))}
        >
          {!asked && <option value={condition.itemId}>{t('gone')}</option>}
          {above.map((item) => (
            <option key={item.id} value={item.id}>
              {item.label}
            </option>
          ))}
        </Select>
      </Field>
      <div className="grid gap-2 sm:grid-cols-2">
        <Select
          aria-label={t('comparison')}
          value={condition.is}
          onChange={(event) => {
            const is = event.target.value as Asks
            onChange({ ...condition, is, value: needsValue(is) ? condition.value || usualValue(asked, is) : '' })
          }}
        >
          {[...new Set([...comparisons(asked), condition.is])].map((is) => (
            <option key={is} value={is}>
              {t(`is.${is}`)}
            </option>
          ))}
        </Select>
        {needsValue(condition.is) && <ValueField asked={asked} condition={condition} onChange={onChange} />}
      </div>
      <IconButton label={t('remove')} icon={<X aria-hidden />} onClick={onRemove} />
    </div>
  )
}

function ValueField({
  asked,
  condition,
  onChange,
}: {
  asked: Item | undefined
  condition: Condition
  onChange: (condition: Condition) => void
}) {
  const t = useTranslations('templates.showIf')
  const options =
    asked?.kind === 'yes_no'
      ? (['yes', 'no'] as const).map((id) => ({ id, label: t(id) }))
      : asked?.kind === 'choice'
        ? asked.options
        : undefined
  if (options) {
    return (
      <Select
        aria-label={t('value')}
        value={condition.value}
        onChange={(event) => onChange({ ...condition, value: event.target.value })}
      >
        {options.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </Select>
    )
  }
  return (
    <Input
      aria-label={t('value')}
      maxLength={300}
      value={condition.value}
      onChange={(event) => onChange({ ...condition, value: event.target.value })}
    />
  )
}
