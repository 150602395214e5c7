import { Card, Field, Select, StatusBadge } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import { isSignificant, NO_ANSWERS } from '../../decision.ts'
import { inFlow } from '../../flow.ts'
import type { Hazard } from '../../plan.ts'
import { HAZARD_KINDS } from '../../words.ts'
import { Line, Lines, Pick } from './fields.tsx'
import { changed, mint, Parts, without } from './parts.tsx'
import type { Written } from './written.ts'

const LEVELS = ['1', '2', '3', '4', '5'] as const

/** What can harm, step by step; how likely times how bad decides what is significant. */
export function Hazards({ plan: { draft, change } }: Written) {
  const t = useTranslations('haccp')
  const { steps, arrows, hazards, controls, threshold } = draft
  return (
    <>
      <Card className="grid gap-3 p-4 sm:p-5">
        <Field label={t('fields.threshold')} hint={t('fields.thresholdHint')} className="max-w-md">
          <Select value={threshold} onChange={({ target }) => change({ threshold: Number(target.value) })}>
            {Array.from({ length: 25 }, (_, n) => n + 1).map((value) => (
              <option key={value} value={value}>
                {value}
              </option>
            ))}
          </Select>
        </Field>
      </Card>
      {inFlow(steps, arrows).map((step) => {
        const here = hazards.filter(({ stepId }) => stepId === step.id)
        const add = () =>
          change({
            hazards: [
              ...hazards,
              {
                ...{ id: mint(), stepId: step.id, kind: 'biological', what: '', cause: '', likelihood: 1, severity: 1 },
                ...{ measures: '', answers: NO_ANSWERS, laterStepId: null },
              },
            ],
          })
        const remove = ({ id }: Hazard) =>
          change({
            hazards: without(hazards, id),
            controls: controls
              .map((one) => ({ ...one, hazardIds: one.hazardIds.filter((hazardId) => hazardId !== id) }))
              .filter(({ hazardIds }) => hazardIds.length > 0),
          })
        return (
          <section key={step.id} aria-label={step.name} className="grid gap-3">
            <h3 className="mt-3 text-[1.0625rem] font-semibold">{step.name}</h3>
            <Parts
              all={here}
              nameOf={({ what }, n) => what || t('fields.hazardN', { n: n + 1 })}
              add={t('fields.addHazard', { step: step.name })}
              onAdd={add}
              onRemove={remove}
            >
              {(one) => (
                <HazardFields
                  hazard={one}
                  threshold={threshold}
                  onChange={(part) => change({ hazards: changed(hazards, one.id, part) })}
                />
              )}
            </Parts>
            {here.length === 0 && (
              <Line
                label={t('fields.noHazard')}
                hint={t('fields.noHazardHint')}
                most={1000}
                value={step.noHazard}
                onChange={(noHazard) => change({ steps: changed(steps, step.id, { noHazard }) })}
              />
            )}
          </section>
        )
      })}
    </>
  )
}

function HazardFields({
  hazard,
  threshold,
  onChange,
}: {
  hazard: Hazard
  threshold: number
  onChange: (part: Partial<Hazard>) => void
}) {
  const t = useTranslations('haccp')
  const levels = (of: 'likelihoods' | 'severities') =>
    LEVELS.map((value) => ({ value, label: `${value} · ${t(`${of}.${value}`)}` }))
  const score = hazard.likelihood * hazard.severity
  return (
    <>
      <Line label={t('fields.what')} most={300} value={hazard.what} onChange={(what) => onChange({ what })} />
      <Pick
        label={t('fields.hazardKind')}
        value={hazard.kind}
        options={HAZARD_KINDS.map((value) => ({ value, label: t(`hazardKinds.${value}`) }))}
        onChange={(kind) => onChange({ kind })}
      />
      <Lines label={t('fields.cause')} value={hazard.cause} onChange={(cause) => onChange({ cause })} />
      <Pick
        label={t('fields.likelihood')}
        value={String(hazard.likelihood) as (typeof LEVELS)[number]}
        options={levels('likelihoods')}
        onChange={(level) => onChange({ likelihood: Number(level) })}
      />
      <Pick
        label={t('fields.severity')}
        value={String(hazard.severity) as (typeof LEVELS)[number]}
        options={levels('severities')}
        onChange={(level) => onChange({ severity: Number(level) })}
      />
      <p className="flex flex-wrap items-center gap-2 text-sm sm:col-span-2">
        <span className="tabular-nums">
          {t('fields.score', { likelihood: hazard.likelihood, severity: hazard.severity, score })}
        </span>
        {isSignificant(hazard, threshold) ? (
          <StatusBadge tone="warn">{t('fields.significant')}</StatusBadge>
        ) : (
          <StatusBadge tone="neutral">{t('fields.notSignificant')}</StatusBadge>
        )}
      </p>
      <Lines label={t('fields.measures')} value={hazard.measures} onChange={(measures) => onChange({ measures })} />
    </>
  )
}
