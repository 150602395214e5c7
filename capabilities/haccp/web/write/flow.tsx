import { Button, Card, Field, IconButton, Input } from '@opsflow/platform/web'
import { ArrowDown, ArrowUp, X } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { FlowStep } from '../../plan.ts'
import { STEP_KINDS } from '../../words.ts'
import { FlowDrawing } from '../flow-drawing.tsx'
import { Line, Lines, Pick } from './fields.tsx'
import { changed, mint, Parts, without } from './parts.tsx'
import type { Written } from './written.ts'

/** Steps in a list, with the arrows that lead on from each: all by keyboard; the drawing follows. */
export function Flow({ plan: { draft, change } }: Written) {
  const t = useTranslations('haccp')
  const { steps, arrows, hazards, controls } = draft
  const remove = ({ id }: FlowStep) =>
    change({
      steps: without(steps, id),
      arrows: arrows.filter(({ from, to }) => from !== id && to !== id),
      controls: controls.filter(({ stepId }) => stepId !== id),
      hazards: hazards
        .filter(({ stepId }) => stepId !== id)
        .map((one) => (one.laterStepId === id ? { ...one, laterStepId: null } : one)),
    })
  // A new step follows the last one: most kitchens are a line with a few branches.
  function add() {
    const id = mint()
    const last = steps.at(-1)
    change({
      steps: [...steps, { id, name: '', kind: 'other', note: '', noHazard: '' }],
      arrows: last ? [...arrows, { from: last.id, to: id }] : arrows,
    })
  }
  return (
    <>
      <FlowDrawing steps={steps} arrows={arrows} />
      <Parts
        all={steps}
        nameOf={({ name }, n) => name || t('fields.stepN', { n: n + 1 })}
        add={t('fields.addStep')}
        onAdd={add}
        onRemove={remove}
      >
        {(one) => {
          const set = (part: Partial<FlowStep>) => change({ steps: changed(steps, one.id, part) })
          return (
            <>
              <Line label={t('fields.name')} value={one.name} onChange={(name) => set({ name })} />
              <Pick
                label={t('fields.stepKind')}
                value={one.kind}
                options={STEP_KINDS.map((value) => ({ value, label: t(`stepKinds.${value}`) }))}
                onChange={(kind) => set({ kind })}
              />
              <Lines label={t('fields.note')} value={one.note} onChange={(note) => set({ note })} />
              <ArrowsOf step={one} plan={{ draft, change }} />
              <Mover step={one} steps={steps} onMove={(moved) => change({ steps: moved })} />
            </>
          )
        }}
      </Parts>
    </>
  )
}

type Changing = { plan: Pick<Written['plan'], 'draft' | 'change'> }

function ArrowsOf({ step, plan: { draft, change } }: { step: FlowStep } & Changing) {
  const t = useTranslations('haccp.flow')
  const { steps, arrows } = draft
  const nameOf = (id: string) => steps.find((one) => one.id === id)?.name || t('unnamed')
  const next = arrows.filter(({ from }) => from === step.id)
  const others = steps.filter(({ id }) => id !== step.id && !next.some(({ to }) => to === id))
  return (
    <fieldset className="sm:col-span-2">
      <legend className="mb-1.5 text-sm font-medium">{t('next')}</legend>
      <div className="flex flex-wrap items-center gap-2">
        {next.map(({ to }) => (
          <span key={to} className="inline-flex items-center rounded-lg border border-line-strong/50 ps-3 text-sm">
            {nameOf(to)}
            <IconButton
              label={t('removeArrow', { from: nameOf(step.id), to: nameOf(to) })}
              icon={<X aria-hidden />}
              onClick={() => change({ arrows: arrows.filter((one) => one.from !== step.id || one.to !== to) })}
            />
          </span>
        ))}
        {others.length > 0 && (
          <div className="w-56 max-w-full">
            <Pick
              label={t('addArrow')}
              value=""
              options={[
                { value: '' as const, label: '–' },
                ...others.map(({ id }) => ({ value: id, label: nameOf(id) })),
              ]}
              onChange={(to) => to !== '' && change({ arrows: [...arrows, { from: step.id, to }] })}
            />
          </div>
        )}
      </div>
    </fieldset>
  )
}

function Mover({
  step,
  steps,
  onMove,
}: {
  step: FlowStep
  steps: readonly FlowStep[]
  onMove: (moved: FlowStep[]) => void
}) {
  const t = useTranslations('haccp.flow')
  const n = steps.indexOf(step)
  const to = (place: number) => {
    const rest = steps.filter((one) => one !== step)
    onMove([...rest.slice(0, place), step, ...rest.slice(place)])
  }
  return (
    <div className="flex gap-2 sm:col-span-2">
      <Button look="quiet" disabled={n === 0} onClick={() => to(n - 1)}>
        <ArrowUp aria-hidden />
        {t('up')}
      </Button>
      <Button look="quiet" disabled={n === steps.length - 1} onClick={() => to(n + 1)}>
        <ArrowDown aria-hidden />
        {t('down')}
      </Button>
    </div>
  )
}

/** Someone walked the kitchen with the diagram: who, and when. */
export function Confirmed({ plan: { draft, change }, today }: Written) {
  const t = useTranslations('haccp.fields')
  const { confirmation } = draft
  return (
    <>
      <FlowDrawing steps={draft.steps} arrows={draft.arrows} />
      <Card className="grid gap-4 p-4 sm:grid-cols-2 sm:p-5">
        <Line
          label={t('confirmedBy')}
          value={confirmation?.by ?? ''}
          onChange={(by) => change({ confirmation: by === '' ? null : { by, on: confirmation?.on ?? today } })}
        />
        <Field label={t('confirmedOn')} hint={t('confirmedHint')}>
          <Input
            type="date"
            value={confirmation?.on ?? ''}
            max={today}
            disabled={!confirmation}
            onChange={({ target }) =>
              confirmation && target.value && change({ confirmation: { ...confirmation, on: target.value } })
            }
          />
        </Field>
      </Card>
    </>
  )
}
