'use client'
import { StatusBadge } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import type { Difference } from '../../template-records.ts'

const tones = { added: 'ok', removed: 'danger', changed: 'accent', moved: 'neutral' } as const
const SHOWN = 12

/** What differs, in the order of the checklist. */
export function DifferenceList({ differences }: { differences: readonly Difference[] }) {
  const t = useTranslations('templates.compare')
  if (differences.length === 0) return <p className="text-sm text-ink-muted">{t('nothing')}</p>
  return (
    <ul className="grid gap-2">
      {differences.map((difference) => (
        <li key={`${difference.what} ${difference.id}`} className="rounded-lg border border-line px-3 py-2">
          <p className="flex flex-wrap items-center gap-2">
            <StatusBadge tone={tones[difference.outcome]}>{t(`outcomes.${difference.outcome}`)}</StatusBadge>
            <span className="min-w-0 text-[0.9375rem] font-medium text-pretty">
              {difference.label || t(difference.what)}
            </span>
          </p>
          {difference.fields.length > 0 && (
            <dl className="mt-1.5 grid gap-1 text-sm">
              {difference.fields.slice(0, SHOWN).map(({ field, before, after }) => (
                <div key={field} className="flex flex-wrap gap-x-2">
                  <dt className="text-ink-muted">{isNamed(field) ? t(`fields.${field}`) : field}</dt>
                  <dd className="min-w-0 break-words">
                    <Told value={before} /> → <Told value={after} />
                  </dd>
                </div>
              ))}
            </dl>
          )}
        </li>
      ))}
    </ul>
  )
}

const NAMED = [
  'label',
  'help',
  'required',
  'mayBeNotApplicable',
  'showIf',
  'onFail',
  'isCritical',
  'weight',
  'scored',
  'local',
  'min',
  'max',
  'unit',
  'subject',
  'options',
  'several',
  'failsOn',
  'atLeast',
  'seconds',
  'title',
  'repeat',
  'name',
  'category',
  'estimateMinutes',
  'needsVerification',
  'needsSignature',
  'needsSecondSignature',
  'asksPresence',
  'mayBeEmpty',
  'scoring',
] as const
const isNamed = (field: string): field is (typeof NAMED)[number] => NAMED.some((one) => one === field)

/** Words and numbers as they are; of what is made of several parts only that it is another. */
function Told({ value }: { value: unknown }) {
  const t = useTranslations('templates.compare')
  if (value === null || value === '') return <span className="text-ink-muted">{t('none')}</span>
  if (typeof value === 'boolean') return <span>{t(value ? 'yes' : 'no')}</span>
  if (typeof value === 'object') return <span>{t('rules')}</span>
  return <span>{String(value)}</span>
}
