import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, Card, Field, TextArea } from '@opsflow/platform/web'
import { PenLine } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useSignPlan } from '../../client/index.ts'
import { numberedControls } from '../../control-numbers.ts'
import type { Missing } from '../../missing.ts'
import { STEPS, type Step } from '../../words.ts'
import { RefusalText } from '../refusal-text.tsx'
import { MissingList } from './missing-list.tsx'
import type { Written } from './written.ts'

/** What is still missing, step by step, or the points of the plan and the signature. */
export function SignStep({
  plan,
  choices,
  missing,
  planId,
  onGo,
  onSigned,
}: Written & { missing: readonly Missing[]; planId: string; onGo: (step: Step) => void; onSigned: () => void }) {
  const t = useTranslations('haccp')
  const { can, name } = useViewer()
  const sign = useSignPlan(planId)
  const [note, setNote] = useState('')
  if (missing.length > 0)
    return (
      <div className="grid gap-4">
        {STEPS.filter((step) => missing.some((one) => one.step === step)).map((step) => (
          <section key={step} className="grid gap-2">
            <div className="flex items-center gap-3">
              <h3 className="flex-1 font-semibold">{t(`steps.${step}`)}</h3>
              <Button look="quiet" onClick={() => onGo(step)}>
                {t('write.goThere')}
              </Button>
            </div>
            <MissingList missing={missing.filter((one) => one.step === step)} />
          </section>
        ))}
      </div>
    )
  return (
    <Card className="grid gap-4 p-4 sm:p-5">
      <ul className="grid gap-1">
        {numberedControls(plan.draft).map(({ control, number, stepName }) => (
          <li key={control.id}>
            <span className="me-2 font-mono text-sm text-ink-muted">{number}</span>
            {stepName}
          </li>
        ))}
      </ul>
      <Field label={t('sign.note')} hint={t('sign.noteHint')}>
        <TextArea rows={2} maxLength={1000} value={note} onChange={({ target }) => setNote(target.value)} />
      </Field>
      <p className="text-sm text-ink-muted">{t('sign.text', { name })}</p>
      {sign.error && <RefusalText error={sign.error} />}
      {can('haccp.sign', choices.location.id) ? (
        <Button
          look="primary"
          className="min-h-14 text-base"
          busy={sign.isPending || plan.state !== 'saved'}
          onClick={() => sign.mutate({ revision: plan.revision(), note }, { onSuccess: onSigned })}
        >
          <PenLine aria-hidden />
          {t('sign.sign')}
        </Button>
      ) : (
        <p className="text-sm font-medium">{t('sign.mayNot')}</p>
      )}
    </Card>
  )
}
