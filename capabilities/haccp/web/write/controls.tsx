import { Button, Card, EmptyState, IconButton } from '@opsflow/platform/web'
import { Plus, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { resultOf } from '../../control-numbers.ts'
import { isControlled } from '../../decision.ts'
import { inFlow } from '../../flow.ts'
import type { Control, Hazard, Limit } from '../../plan.ts'
import { Line, Lines, Pick } from './fields.tsx'
import { changed, mint } from './parts.tsx'
import { Ties } from './ties.tsx'
import type { Written } from './written.ts'

type Change = (part: Partial<Control>) => void

/** The points of the plan, each with its hazards; what a step asks of it stands in its frame. */
function Controls({
  written: {
    plan: { draft, change },
  },
  children,
}: {
  written: Written
  children: (control: Control, onChange: Change) => ReactNode
}) {
  const t = useTranslations('haccp')
  const { steps, arrows, hazards, controls } = draft
  const needed = hazards.filter((hazard) => isControlled(resultOf(draft, hazard)))
  if (needed.length === 0)
    return (
      <Card>
        <EmptyState title={t('controls.none')}>{t('controls.noneText')}</EmptyState>
      </Card>
    )
  return (
    <>
      {inFlow(steps, arrows).map((step) => {
        const here = needed.filter(({ stepId }) => stepId === step.id)
        const own = controls.filter(({ stepId }) => stepId === step.id)
        const open = here.filter(({ id }) => !own.some(({ hazardIds }) => hazardIds.includes(id)))
        const of = (control: Control) => here.filter(({ id }) => control.hazardIds.includes(id))
        return (
          <div key={step.id} className="contents">
            {own
              .filter((control) => of(control).length > 0)
              .map((control) => (
                <section
                  key={control.id}
                  aria-label={step.name}
                  className="min-w-0 rounded-xl border border-line bg-surface p-4 shadow-card sm:p-5"
                >
                  <h3 className="font-semibold">{step.name}</h3>
                  <p className="mb-4 text-sm text-ink-muted">
                    {of(control)
                      .map(({ what }) => what)
                      .join(' · ')}
                  </p>
                  <div className="grid gap-4 sm:grid-cols-2">
                    {children(control, (part) => change({ controls: changed(controls, control.id, part) }))}
                  </div>
                </section>
              ))}
            {open.length > 0 && (
              <Button
                className="justify-self-start"
                onClick={() => change({ controls: [...controls, controlOf(step.id, open)] })}
              >
                <Plus aria-hidden />
                {t('controls.add', { step: step.name })}
              </Button>
            )}
          </div>
        )
      })}
    </>
  )
}

const controlOf = (stepId: string, hazards: readonly Hazard[]): Control => ({
  ...{ id: mint(), stepId, hazardIds: hazards.map(({ id }) => id), limits: [], ties: [] },
  ...{ what: '', how: '', when: '', who: '', correctsProcess: '', correctsProduct: '' },
})

export function Limits(written: Written) {
  const t = useTranslations('haccp.controls')
  return (
    <Controls written={written}>
      {(control, onChange) => (
        <div className="grid gap-4 sm:col-span-2">
          {control.limits.map((limit) => (
            <LimitFields
              key={limit.id}
              limit={limit}
              written={written}
              onChange={(next) => onChange({ limits: control.limits.map((one) => (one.id === limit.id ? next : one)) })}
              onRemove={() => onChange({ limits: control.limits.filter((one) => one.id !== limit.id) })}
            />
          ))}
          <div className="flex flex-wrap gap-2">
            <Button
              onClick={() => {
                const first = written.choices.limits[0]
                if (first) onChange({ limits: [...control.limits, { kind: 'rule', id: mint(), ruleId: first.id }] })
              }}
            >
              <Plus aria-hidden />
              {t('addRule')}
            </Button>
            <Button
              look="quiet"
              onClick={() =>
                onChange({ limits: [...control.limits, { kind: 'own', id: mint(), what: '', validation: '' }] })
              }
            >
              <Plus aria-hidden />
              {t('addOwn')}
            </Button>
          </div>
        </div>
      )}
    </Controls>
  )
}

function LimitFields({
  limit,
  written: { choices },
  onChange,
  onRemove,
}: {
  limit: Limit
  written: Written
  onChange: (limit: Limit) => void
  onRemove: () => void
}) {
  const t = useTranslations('haccp.controls')
  const remove = <IconButton label={t('removeLimit')} icon={<Trash2 aria-hidden />} onClick={onRemove} />
  if (limit.kind === 'own')
    return (
      <div className="grid gap-3 rounded-lg border border-line p-3">
        <div className="flex items-end gap-2">
          <div className="min-w-0 flex-1">
            <Line label={t('own')} most={500} value={limit.what} onChange={(what) => onChange({ ...limit, what })} />
          </div>
          {remove}
        </div>
        <Lines
          label={t('validation')}
          hint={t('validationHint')}
          value={limit.validation}
          onChange={(validation) => onChange({ ...limit, validation })}
        />
      </div>
    )
  const rule = choices.limits.find(({ id }) => id === limit.ruleId)
  return (
    <div className="grid gap-1.5 rounded-lg border border-line p-3">
      <div className="flex items-end gap-2">
        <div className="min-w-0 flex-1">
          <Pick
            label={t('rule')}
            value={rule ? limit.ruleId : ''}
            options={[
              ...(rule ? [] : [{ value: '' as const, label: t('ruleGone') }]),
              ...choices.limits.map(({ id, what, text }) => ({ value: id, label: `${what}: ${text}` })),
            ]}
            onChange={(ruleId) => onChange({ ...limit, ruleId })}
          />
        </div>
        {remove}
      </div>
      {rule && (
        <p className="text-sm text-ink-muted">
          <span className="font-medium text-ink">{rule.text}</span> · {rule.source} · {rule.edition}
          {rule.confirmWithAuthority && ` · ${t('confirm')}`}
        </p>
      )}
    </div>
  )
}

export function Monitoring(written: Written) {
  const t = useTranslations('haccp.controls')
  return (
    <Controls written={written}>
      {(control, onChange) => (
        <>
          <Line label={t('what')} most={500} value={control.what} onChange={(what) => onChange({ what })} />
          <Line label={t('who')} most={300} value={control.who} onChange={(who) => onChange({ who })} />
          <Line label={t('when')} most={500} value={control.when} onChange={(when) => onChange({ when })} />
          <Lines label={t('how')} value={control.how} onChange={(how) => onChange({ how })} />
          <Ties control={control} choices={written.choices} onChange={(ties) => onChange({ ties })} />
        </>
      )}
    </Controls>
  )
}

export function Corrections(written: Written) {
  const t = useTranslations('haccp.controls')
  return (
    <Controls written={written}>
      {(control, onChange) => (
        <>
          <Lines
            label={t('correctsProcess')}
            most={2000}
            value={control.correctsProcess}
            onChange={(correctsProcess) => onChange({ correctsProcess })}
          />
          <Lines
            label={t('correctsProduct')}
            most={2000}
            value={control.correctsProduct}
            onChange={(correctsProduct) => onChange({ correctsProduct })}
          />
        </>
      )}
    </Controls>
  )
}
