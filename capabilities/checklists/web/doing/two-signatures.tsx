'use client'
import type { Seated } from '@opsflow/platform/client/sync/seat'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, Field, StatusShape, TextArea, useToast } from '@opsflow/platform/web'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Answer } from '../../answer.ts'
import type { Checklist } from '../../checklist.ts'
import { digestOf, signingOf, useCountersign, useSign } from '../../client/index.ts'
import type { ChecklistForm } from '../../form.ts'
import { firstSignature } from '../../standing.ts'
import { useReason } from './reason.tsx'
import { SignButton } from './sign-button.tsx'

type Props = { list: Checklist; form: ChecklistForm; answers: readonly Answer[] }

/** Whoever did it signs, then the manager on duty, of the same text; or it is noted why they did not. */
export function TwoSignatures({ isWhole, ...of }: Props & { isWhole: boolean }) {
  const t = useTranslations('doing.step')
  const reason = useReason()
  const viewer = useViewer()
  const toast = useToast()
  const sign = useSign()
  const second = useCountersign()
  const digest = useDigestOf(of)
  const first = digest === undefined ? undefined : firstSignature(of.list, digest)
  const [why, setWhy] = useState<string>()
  const mayCountersign = viewer.can('checklists.verify', of.list.locationId) && first?.by?.id !== viewer.memberId

  async function signFirst(signedBy?: Seated) {
    sign.mutate({ ...(await signingOf(of.form, of.list, of.answers)), note: '', signedBy })
  }
  async function end(meaning: 'countersigned' | 'declined', signedBy?: Seated) {
    const signing = await signingOf(of.form, of.list, of.answers)
    second.mutate(
      { ...signing, meaning, note: meaning === 'declined' ? (why ?? '').trim() : '', signedBy },
      { onSuccess: () => toast({ message: t('completedToast', { name: of.list.name }) }) },
    )
  }

  const refused = sign.error ?? second.error
  return (
    <section aria-label={t('twoSignatures')} className="grid gap-4">
      {refused && (
        <p role="alert" className="rounded-lg border border-danger/40 bg-danger-tint px-3.5 py-3 text-sm">
          {reason(refused)}
        </p>
      )}
      <Line isDone={first !== undefined}>
        {first ? t('firstSigned', { name: first.by?.name ?? '' }) : t('firstMissing')}
      </Line>
      <Line isDone={false}>{t('secondMissing')}</Line>
      {!first && (
        <SignButton key="first" busy={sign.isPending} disabled={!isWhole} onSign={(by) => void signFirst(by)}>
          {t('signFirst')}
        </SignButton>
      )}
      {first && mayCountersign && (
        <SignButton key="second" busy={second.isPending} onSign={(by) => void end('countersigned', by)}>
          {t('signSecond')}
        </SignButton>
      )}
      {first && why === undefined && (
        <Button look="quiet" className="h-14" onClick={() => setWhy('')}>
          {t('secondRefuses')}
        </Button>
      )}
      {first && why !== undefined && (
        <>
          <Field label={t('whyNotSigned')}>
            <TextArea autoFocus value={why} maxLength={1000} onChange={(event) => setWhy(event.target.value)} />
          </Field>
          <SignButton
            key="declined"
            busy={second.isPending}
            disabled={why.trim().length < 3}
            onSign={(by) => void end('declined', by)}
          >
            {t('completeWithout')}
          </SignButton>
        </>
      )}
    </section>
  )
}

const Line = ({ isDone, children }: { isDone: boolean; children: string }) => (
  <p className="flex items-center gap-3 text-[0.9375rem]">
    <StatusShape tone={isDone ? 'ok' : 'neutral'} className="size-5" />
    {children}
  </p>
)

/** Of what stands now: an answer that comes makes it another, and the first signature is of the one before. */
function useDigestOf({ list, form, answers }: Props): string | undefined {
  const [digest, setDigest] = useState<string>()
  useEffect(() => {
    let isGone = false
    void digestOf(form, list, answers).then((made) => !isGone && setDigest(made))
    return () => {
      isGone = true
    }
  }, [list, form, answers])
  return digest
}
