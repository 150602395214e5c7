'use client'
import type { Seated } from '@opsflow/platform/client/sync/seat'
import { Button, Dialog, Field, TextArea, useToast } from '@opsflow/platform/web'
import { CircleCheckBig, ListTodo, OctagonAlert } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Answer } from '../../answer.ts'
import type { Checklist } from '../../checklist.ts'
import { signingOf, useComplete, useEmpty, useSign } from '../../client/index.ts'
import type { ChecklistForm } from '../../form.ts'
import { presenceShown } from '../../presence-shown.ts'
import type { Step } from '../../steps.ts'
import type { CameBack } from './came-back.tsx'
import { keyOf } from './pages.ts'
import { useReason } from './reason.tsx'
import { SignButton } from './sign-button.tsx'
import { TwoSignatures } from './two-signatures.tsx'

/** The end of it: what is still owed, what failed, and the one touch that completes or signs. */
export function Finish({
  list,
  form,
  answers,
  steps,
  cameBack,
  onOpen,
}: {
  list: Checklist
  form: ChecklistForm
  answers: readonly Answer[]
  steps: readonly Step[]
  cameBack: CameBack | undefined
  onOpen: (key: string) => void
}) {
  const t = useTranslations('doing.step')
  const toast = useToast()
  const reason = useReason()
  const complete = useComplete()
  const sign = useSign()
  const why = cameBack?.kind === 'empty' ? cameBack.reason : ''
  const [asksEmpty, setAsksEmpty] = useState(why !== '')
  const missing = steps.filter(({ isMissing }) => isMissing)
  const failing = steps.filter(({ answer, isMissing }) => !isMissing && answer?.outcome === 'fail')
  const said = () => toast({ message: t('completedToast', { name: list.name }) })

  async function signIt(signedBy?: Seated) {
    sign.mutate({ ...(await signingOf(form, list, answers)), note: '', signedBy }, { onSuccess: said })
  }

  return (
    <article className="grid gap-5">
      <header className="grid justify-items-center gap-2 py-2 text-center">
        <CircleCheckBig aria-hidden className={missing.length > 0 ? 'size-12 text-ink-muted' : 'size-12 text-ok'} />
        <h2 className="text-2xl font-semibold tracking-[-0.02em]">
          {missing.length > 0 ? t('stillOwed', { count: missing.length }) : t('allAnswered')}
        </h2>
      </header>
      {missing.length > 0 && <Leads steps={missing} onOpen={onOpen} icon="owed" />}
      {failing.length > 0 && (
        <div className="grid gap-2">
          <p className="text-sm font-medium text-ink-muted">{t('failedText', { count: failing.length })}</p>
          <Leads steps={failing} onOpen={onOpen} icon="failed" />
        </div>
      )}
      {(complete.error || sign.error) && (
        <p role="alert" className="rounded-lg border border-danger/40 bg-danger-tint px-3.5 py-3 text-sm">
          {reason(complete.error ?? sign.error)}
        </p>
      )}
      {form.content.asksPresence && presenceShown(list.presences) === undefined && (
        <p role="note" className="rounded-lg bg-warn-tint px-3.5 py-3 text-[0.9375rem]">
          {t('presenceAsked')}
        </p>
      )}
      {form.content.needsSecondSignature ? (
        <TwoSignatures list={list} form={form} answers={answers} isWhole={missing.length === 0} />
      ) : form.content.needsSignature ? (
        <SignButton busy={sign.isPending} disabled={missing.length > 0} onSign={(signedBy) => void signIt(signedBy)}>
          {t('signAndComplete')}
        </SignButton>
      ) : (
        <Button
          look="primary"
          className="h-16 text-lg"
          disabled={missing.length > 0}
          busy={complete.isPending}
          onClick={() =>
            complete.mutate({ checklistId: list.id, seen: answers.map(({ id }) => id) }, { onSuccess: said })
          }
        >
          {t('complete')}
        </Button>
      )}
      {form.content.mayBeEmpty && (
        <Button look="quiet" className="h-14" onClick={() => setAsksEmpty(true)}>
          {t('nothingToday')}
        </Button>
      )}
      <EmptyDialog list={list} said={why} open={asksEmpty} onClose={() => setAsksEmpty(false)} />
    </article>
  )
}

function Leads({
  steps,
  onOpen,
  icon,
}: {
  steps: readonly Step[]
  onOpen: (key: string) => void
  icon: 'owed' | 'failed'
}) {
  const Shape = icon === 'owed' ? ListTodo : OctagonAlert
  return (
    <ul className="divide-y divide-line overflow-hidden rounded-xl border border-line bg-surface">
      {steps.map((step) => (
        <li key={keyOf(step)}>
          <button
            type="button"
            onClick={() => onOpen(keyOf(step))}
            className="flex min-h-14 w-full items-center gap-3 px-4 py-2.5 text-start hover:bg-sunken"
          >
            <Shape
              aria-hidden
              className={icon === 'owed' ? 'size-5 shrink-0 text-ink-muted' : 'size-5 shrink-0 text-danger'}
            />
            <span className="min-w-0 flex-1 font-medium text-pretty">
              {step.entry ? `${step.entry.label}: ${step.item.label}` : step.item.label}
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}

/** Nothing to record today, and why. */
function EmptyDialog({
  list,
  said,
  open,
  onClose,
}: {
  list: Checklist
  /** A reason that was refused. */
  said: string
  open: boolean
  onClose: () => void
}) {
  const t = useTranslations('doing.step')
  const reason = useReason()
  const empty = useEmpty()
  const [why, setWhy] = useState(said)
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t('nothingToday')}
      description={t('nothingTodayText')}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button
            look="primary"
            disabled={why.trim().length < 3}
            busy={empty.isPending}
            onClick={() => empty.mutate({ checklistId: list.id, reason: why }, { onSuccess: onClose })}
          >
            {t('nothingToday')}
          </Button>
        </>
      }
    >
      <Field label={t('why')} error={empty.error ? reason(empty.error) : undefined}>
        <TextArea value={why} maxLength={1000} onChange={(event) => setWhy(event.target.value)} />
      </Field>
    </Dialog>
  )
}
