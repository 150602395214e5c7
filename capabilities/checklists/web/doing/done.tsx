'use client'
import type { Seated } from '@opsflow/platform/client/sync/seat'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, ButtonLink, Field, RelativeTime, TextArea, useToast } from '@opsflow/platform/web'
import { CircleCheckBig, FileText, Undo2, UserRoundCheck } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Answer } from '../../answer.ts'
import type { Checklist } from '../../checklist.ts'
import { signingOf, useVerify } from '../../client/index.ts'
import type { ChecklistForm } from '../../form.ts'
import type { CameBack } from './came-back.tsx'
import { useReason } from './reason.tsx'
import { SignButton } from './sign-button.tsx'

type Props = {
  list: Checklist
  form: ChecklistForm
  answers: readonly Answer[]
  /** A verification that was refused: its words are there again. */
  cameBack?: CameBack | undefined
}

/** It is over: by whom, since when; the record, and what a second person has to do. */
export function Done({ list, form, answers, cameBack, children }: Props & { children?: ReactNode }) {
  const t = useTranslations('doing.step')
  const isEmpty = list.status === 'empty'
  const isDone = isEmpty || list.status === 'completed'
  return (
    <div className="grid gap-6">
      <div className="grid justify-items-center gap-2 py-4 text-center">
        <CircleCheckBig aria-hidden className={isDone ? 'size-14 text-ok' : 'size-14 text-ink-muted'} />
        <h2 className="text-2xl font-semibold tracking-[-0.02em]">
          {t(
            `over.${isEmpty ? 'empty' : list.status === 'completed' ? 'completed' : list.status === 'withdrawn' ? 'withdrawn' : 'missed'}`,
          )}
        </h2>
        {list.completedBy && list.completedAt && (
          <p className="text-ink-muted">
            {list.completedBy.name} · <RelativeTime at={list.completedAt} />
          </p>
        )}
        {list.reason && <p className="max-w-prose">{list.reason}</p>}
        {isDone && (
          <ButtonLink href={`/checklists/record?id=${list.id}`} className="mt-2 h-14">
            <FileText aria-hidden />
            {t('openRecord')}
          </ButtonLink>
        )}
      </div>
      {children}
      {isDone && <VerifyForm {...{ list, form, answers, cameBack }} />}
    </div>
  )
}

/** Offered only to someone who took no part; whoever may verify can also send it back. */
export function VerifyForm({ list, form, answers, cameBack }: Props) {
  const t = useTranslations('doing.step')
  const toast = useToast()
  const viewer = useViewer()
  const reason = useReason()
  const verify = useVerify()
  const said = cameBack?.kind === 'verify' ? cameBack : undefined
  const [note, setNote] = useState(said?.note ?? '')
  const [sendsBack, setSendsBack] = useState(said?.meaning === 'rejected')
  const verified = list.signOffs.some(({ meaning }) => meaning === 'verified')
  const tookPart =
    list.completedBy?.id === viewer.memberId ||
    list.startedBy?.id === viewer.memberId ||
    answers.some(({ answeredBy }) => answeredBy?.id === viewer.memberId)
  if (!viewer.can('checklists.verify', list.locationId)) {
    if (!list.needsVerification || verified) return null
    return <Awaited>{t('managerVerifies')}</Awaited>
  }

  async function sign(meaning: 'verified' | 'rejected', signedBy?: Seated) {
    const signing = await signingOf(form, list, answers)
    verify.mutate(
      { ...signing, meaning, note, signedBy },
      { onSuccess: () => toast({ message: t(sendsBack ? 'sentBackToast' : 'verifiedToast') }) },
    )
  }

  return (
    <section className="grid gap-4 rounded-xl border border-line bg-surface p-4 sm:p-5">
      <div>
        <h2 className="text-lg font-semibold tracking-[-0.01em]">{t(sendsBack ? 'sendBack' : 'verifyTitle')}</h2>
        <p className="mt-1 text-[0.9375rem] text-ink-muted">{t(sendsBack ? 'sendBackText' : 'verifyText')}</p>
      </div>
      {tookPart && !sendsBack && <Awaited>{t('otherVerifies')}</Awaited>}
      {(!tookPart || sendsBack) && (
        <Field label={t(sendsBack ? 'whatAgain' : 'note')} optional={sendsBack ? undefined : t('optional')}>
          <TextArea value={note} maxLength={1000} onChange={(event) => setNote(event.target.value)} />
        </Field>
      )}
      {verify.error && (
        <p role="alert" className="rounded-lg border border-danger/40 bg-danger-tint px-3.5 py-3 text-sm">
          {reason(verify.error)}
        </p>
      )}
      {sendsBack ? (
        <SignButton
          key="back"
          busy={verify.isPending}
          disabled={note.trim().length < 3}
          onSign={(signedBy) => void sign('rejected', signedBy)}
        >
          {t('sendBack')}
        </SignButton>
      ) : (
        !tookPart &&
        !verified && (
          <SignButton key="verify" busy={verify.isPending} onSign={(signedBy) => void sign('verified', signedBy)}>
            {t('verify')}
          </SignButton>
        )
      )}
      <Button look="quiet" onClick={() => setSendsBack((before) => !before)}>
        {sendsBack ? (
          t('cancel')
        ) : (
          <>
            <Undo2 aria-hidden />
            {t('sendBack')}
          </>
        )}
      </Button>
    </section>
  )
}

function Awaited({ children }: { children: string }) {
  return (
    <p className="flex items-start gap-3 text-[0.9375rem] text-ink-muted">
      <UserRoundCheck aria-hidden className="mt-0.5 size-5 shrink-0" />
      {children}
    </p>
  )
}
