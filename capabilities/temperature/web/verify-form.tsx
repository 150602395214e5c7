'use client'
import { useMended } from '@opsflow/platform/client/sync/mended'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Field, SignButton, TextArea, useToast } from '@opsflow/platform/web'
import { UserRoundCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useVerifyAction } from '../client/index.ts'
import type { CorrectiveActionRecord } from '../records.ts'
import { RefusalText } from './refusal-text.tsx'

/** Offered only to someone who took no part; everyone else reads who is awaited. */
export default function VerifyForm({ action }: { action: CorrectiveActionRecord }) {
  const t = useTranslations('temperature')
  const toast = useToast()
  const viewer = useViewer()
  const verify = useVerifyAction(action.id)
  const typed = useMended('temperature.verify')?.args.note as string | undefined
  const [note, setNote] = useState(typed ?? '')
  const tookPart = action.history.some(({ step, by }) => partaking.has(step) && by?.id === viewer.memberId)
  if (tookPart || !viewer.can('temperature.verify', action.locationId)) {
    return (
      <p className="flex items-start gap-3 text-[0.9375rem] text-ink-muted">
        <UserRoundCheck aria-hidden className="mt-0.5 size-5 shrink-0" />
        {t(tookPart ? 'action.otherVerifies' : 'action.managerVerifies')}
      </p>
    )
  }
  return (
    <div className="grid gap-4">
      <div>
        <h2 className="text-lg font-semibold tracking-[-0.01em]">{t('action.verifyTitle')}</h2>
        <p className="mt-1 text-[0.9375rem] text-ink-muted">{t('action.verifyText')}</p>
      </div>
      <Field label={t('action.note')} optional={t('optional')}>
        <TextArea value={note} maxLength={2000} onChange={(event) => setNote(event.target.value)} />
      </Field>
      {verify.error && <RefusalText error={verify.error} />}
      <SignButton
        ask={t('action.signWithPin')}
        busy={verify.isPending}
        onSign={(signedBy) =>
          verify.mutate({ note, signedBy }, { onSuccess: () => toast({ message: t('action.verifiedToast') }) })
        }
      >
        {t('action.verify')}
      </SignButton>
    </div>
  )
}

const partaking = new Set(['response', 'recheck', 'closure'])
