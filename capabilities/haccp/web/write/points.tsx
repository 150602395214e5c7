import { Card, Choices, EmptyState, Field, StatusBadge, TextArea } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import { type Answers, decide, isSignificant, type Question, type Result } from '../../decision.ts'
import { after, inFlow } from '../../flow.ts'
import type { Hazard, PlanContent } from '../../plan.ts'
import { Pick } from './fields.tsx'
import { changed } from './parts.tsx'
import type { Written } from './written.ts'

const TONES = {
  ccp: 'danger',
  operational: 'warn',
  prerequisite: 'ok',
  later: 'info',
  nowhere_here: 'info',
  modify: 'danger',
} as const satisfies Record<Result, string>

/** The questions of the decision tree, one at a time for each significant hazard; the answer is computed, never chosen. */
export function Points({ plan: { draft, change } }: Written) {
  const t = useTranslations('haccp')
  const significant = inFlow(draft.steps, draft.arrows).flatMap((step) =>
    draft.hazards
      .filter((one) => one.stepId === step.id && isSignificant(one, draft.threshold))
      .map((hazard) => ({ hazard, step })),
  )
  if (significant.length === 0)
    return (
      <Card>
        <EmptyState title={t('decide.none')}>{t('decide.noneText')}</EmptyState>
      </Card>
    )
  return (
    <>
      {significant.map(({ hazard, step }) => (
        <HazardDecision
          key={hazard.id}
          hazard={hazard}
          stepName={step.name}
          draft={draft}
          onChange={(part) => change({ hazards: changed(draft.hazards, hazard.id, part) })}
        />
      ))}
    </>
  )
}

function HazardDecision({
  hazard,
  stepName,
  draft,
  onChange,
}: {
  hazard: Hazard
  stepName: string
  draft: PlanContent
  onChange: (part: Partial<Hazard>) => void
}) {
  const t = useTranslations('haccp')
  const { asked, result } = decide(hazard.answers)
  const set = (question: Question, answer: Answers[Question]) =>
    onChange({ answers: { ...hazard.answers, [question]: answer } })
  const later = after(draft.arrows, hazard.stepId)
  return (
    <section aria-label={hazard.what} className="rounded-xl border border-line bg-surface p-4 shadow-card sm:p-5">
      <h3 className="font-semibold text-pretty">{hazard.what}</h3>
      <p className="mb-4 text-sm text-ink-muted">
        {stepName} · {t(`hazardKinds.${hazard.kind}`)} · {hazard.measures}
      </p>
      <div className="grid gap-5">
        {asked.map((question, n) => {
          const answer = hazard.answers[question]
          return (
            <div key={question} className="grid gap-3">
              <Choices
                label={`${n + 1}. ${t(`questions.${question}`)}`}
                name={`${hazard.id} ${question}`}
                value={answer ? (answer.yes ? 'yes' : 'no') : undefined}
                columns="grid-cols-2 max-w-sm"
                options={[
                  { value: 'yes', label: t('decide.yes') },
                  { value: 'no', label: t('decide.no') },
                ]}
                onChange={(value) => set(question, { yes: value === 'yes', because: answer?.because ?? '' })}
              />
              {answer && (
                <Field label={t('decide.because')}>
                  <TextArea
                    rows={2}
                    maxLength={1000}
                    value={answer.because}
                    onChange={({ target }) => set(question, { ...answer, because: target.value })}
                  />
                </Field>
              )}
            </div>
          )
        })}
      </div>
      {(result === 'later' || result === 'nowhere_here') && (
        <div className="mt-4 max-w-sm">
          <Pick
            label={t('decide.laterStep')}
            value={hazard.laterStepId ?? ''}
            options={[
              { value: '', label: '–' },
              ...draft.steps.filter(({ id }) => later.has(id)).map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={(laterStepId) => onChange({ laterStepId: laterStepId || null })}
          />
        </div>
      )}
      <p role="status" className="mt-4 flex flex-wrap items-center gap-2 text-sm empty:hidden">
        {result && (
          <>
            <StatusBadge tone={TONES[result]}>{t(`results.${result}`)}</StatusBadge>
            <span className="text-ink-muted">{t(`resultsText.${result}`)}</span>
          </>
        )}
      </p>
    </section>
  )
}
