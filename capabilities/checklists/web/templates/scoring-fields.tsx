'use client'
import {
  type AuditScheme,
  type AuditType,
  type ItemScored,
  pointsFor,
  type ScoredAs,
  type Scoring,
  scoredAs,
} from '@opsflow/capabilities/audits'
import { Choices, Field, Select } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import type { Item, ItemOf } from '../../item.ts'
import { Group } from './group.tsx'
import { BoundInput } from './words-input.tsx'

const SCHEMES: readonly AuditScheme[] = ['weighted', 'nyc', 'la_county', 'fda', 'fhrs']
const TYPES: readonly AuditType[] = ['internal', 'health_inspection', 'haccp']

/** What makes a checklist an audit: how its answers become a score. */
export function ScoringFields({
  scoring,
  onChange,
}: {
  scoring: Scoring | null
  onChange: (scoring: Scoring | null) => void
}) {
  const t = useTranslations('templates.scoring')
  const schemes = useTranslations('audits.schemes')
  const types = useTranslations('audits.types')
  return (
    <Group title={t('title')} hint={t('hint')}>
      <div className="grid gap-4 pt-2">
        <Field label={t('scheme')}>
          <Select
            value={scoring?.scheme ?? ''}
            onChange={(event) => onChange(begun(event.target.value as AuditScheme | '', scoring))}
          >
            <option value="">{t('none')}</option>
            {SCHEMES.map((scheme) => (
              <option key={scheme} value={scheme}>
                {schemes(scheme)}
              </option>
            ))}
          </Select>
        </Field>
        {scoring && (
          <Field label={t('auditType')}>
            <Select
              value={scoring.auditType}
              onChange={(event) => onChange({ ...scoring, auditType: event.target.value as AuditType })}
            >
              {TYPES.map((type) => (
                <option key={type} value={type}>
                  {types(type)}
                </option>
              ))}
            </Select>
          </Field>
        )}
        {scoring?.scheme === 'weighted' && (
          <Field label={t('passPercent')} hint={t('passPercentHint')}>
            <BoundInput
              unit="%"
              value={scoring.passPercent}
              onChange={(passPercent) =>
                (passPercent === null || (passPercent >= 0 && passPercent <= 100)) &&
                onChange({ ...scoring, passPercent })
              }
            />
          </Field>
        )}
        {scoring?.scheme === 'nyc' && (
          <Choices
            label={t('inspection')}
            name="inspection"
            value={scoring.inspectionType}
            onChange={(inspectionType) => onChange({ ...scoring, inspectionType })}
            options={(['initial', 'reinspection'] as const).map((value) => ({
              value,
              label: t(`inspections.${value}`),
            }))}
            columns="grid-cols-2"
          />
        )}
      </div>
    </Group>
  )
}

function begun(scheme: AuditScheme | '', before: Scoring | null): Scoring | null {
  const auditType = before?.auditType ?? 'internal'
  if (scheme === '') return null
  if (scheme === 'weighted') return { scheme, auditType, passPercent: 80 }
  if (scheme === 'nyc') return { scheme, auditType, inspectionType: 'initial' }
  return { scheme, auditType }
}

const usual: ItemScored = { counts: 'usual', as: null }

/** How a question counts, under the scheme of its checklist. */
export function ItemScoringFields({
  item,
  scoring,
  onChange,
}: {
  item: Item
  scoring: Scoring
  onChange: (item: Item) => void
}) {
  const t = useTranslations('templates.scoring')
  const kinds = useTranslations('audits.as')
  const scored = item.scored ?? usual
  if (scoring.scheme === 'weighted') {
    return (
      <Choices
        label={t('counts')}
        name="counts"
        value={scored.counts}
        onChange={(counts) => onChange({ ...item, scored: { ...scored, counts } })}
        options={(['usual', 'bonus', 'deduction'] as const).map((value) => ({ value, label: t(`countings.${value}`) }))}
        columns="grid-cols-3"
      />
    )
  }
  return (
    <Field label={t('as')}>
      <Select
        value={scored.as ?? ''}
        onChange={(event) =>
          onChange({ ...item, scored: { ...scored, as: (event.target.value || null) as ScoredAs | null } })
        }
      >
        <option value="">{t('asNothing')}</option>
        {scoredAs[scoring.scheme].map((as) => (
          <option key={as} value={as}>
            {kinds(as)}
          </option>
        ))}
      </Select>
    </Field>
  )
}

/** What each choice brings: points of one's own, or what the scheme prints. */
export function OptionPointsFields({
  item,
  scoring,
  onChange,
}: {
  item: ItemOf<'choice'>
  scoring: Scoring
  onChange: (item: Item) => void
}) {
  const t = useTranslations('templates.scoring')
  const printed = pointsFor(scoring.scheme, item.scored?.as ?? null)
  const isAsked = scoring.scheme === 'weighted' || (printed !== null && item.scored?.as)
  if (!isAsked) return null
  const isCondition = scoring.scheme === 'nyc'
  const set = (id: string, points: number | null) =>
    onChange({ ...item, options: item.options.map((one) => (one.id === id ? { ...one, points } : one)) })
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 text-sm font-medium">{t(isCondition ? 'condition' : 'pointsShort')}</legend>
      <p className="text-sm text-ink-muted">
        {t(isCondition ? 'conditionHint' : printed ? 'ladderHint' : 'pointsHint')}
      </p>
      {item.options.map(({ id, label, points }) => (
        <div key={id} className="grid grid-cols-[1fr_7rem] items-center gap-3">
          <span aria-hidden className="text-pretty">
            {label}
          </span>
          {printed === null ? (
            <BoundInput
              label={t('points', { name: label })}
              value={points ?? null}
              onChange={(typed) => (typed === null || Math.abs(typed) <= 1000) && set(id, typed)}
            />
          ) : (
            <Select
              aria-label={t('points', { name: label })}
              value={points ?? ''}
              onChange={(event) => set(id, event.target.value === '' ? null : Number(event.target.value))}
            >
              <option value="">{t('noPoints')}</option>
              {printed.map((each) => (
                <option key={each}>{each}</option>
              ))}
            </Select>
          )}
        </div>
      ))}
    </fieldset>
  )
}
