'use client'
import { useEvidenceHere } from '@opsflow/capabilities/evidence/client'
import { Button } from '@opsflow/platform/web'
import { Check, Split } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { Answer } from '../../answer.ts'
import type { Step } from '../../steps.ts'
import { AnsweredBy } from './answered-by.tsx'
import { type Answering, nameOfEvidence, saidAgain } from './use-answering.ts'
import { ValueText } from './value-text.tsx'

export type DisputedProps = { step: Step; answering: Answering }

/** Two people answered this without having seen each other's answer. One of them is chosen, or it is answered anew. */
export default function Disputed({ step, answering }: DisputedProps) {
  const t = useTranslations('doing.disputed')
  return (
    <section aria-label={t('title')} className="grid gap-3 rounded-xl border border-warn/50 bg-warn-tint p-4">
      <h3 className="flex items-center gap-2 font-semibold">
        <Split aria-hidden className="size-5 shrink-0 text-warn" />
        {t('title')}
      </h3>
      <p className="text-sm">{t('text')}</p>
      <ul className="grid gap-3">
        {step.open?.map((answer) => (
          <li key={answer.id} className="grid gap-2.5 rounded-lg border border-line bg-surface p-3.5">
            <p className="text-[1.0625rem] font-semibold">
              <ValueText item={step.item} answer={answer} />
            </p>
            <AnsweredBy answer={answer} />
            <Choose answer={answer} answering={answering} label={t('choose')} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** It is given again, with its note and photos, by whoever decides. */
function Choose({ answer, answering, label }: { answer: Answer; answering: Answering; label: string }) {
  const photos = useEvidenceHere('checklist_answer', answer.id).map(nameOfEvidence)
  const more = { note: answer.note, photos, notApplicable: answer.outcome === 'not_applicable' }
  return (
    <Button busy={answering.isBusy} onClick={() => void answering.give(saidAgain(answer), more)}>
      <Check aria-hidden />
      {label}
    </Button>
  )
}
