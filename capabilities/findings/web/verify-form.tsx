'use client'
import { useMended } from '@opsflow/platform/client/sync/mended'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, Field, SignButton, TextArea, useToast } from '@opsflow/platform/web'
import { UserRoundCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useSendFindingBack, useVerifyFinding } from '../client/index.ts'
import type { Finding } from '../finding.ts'
import { standingFix } from '../finding-change.ts'
import { RefusalText } from './refusal-text.tsx'

/** Offered to someone who did not put it right; everyone else reads who is awaited. */
export function VerifyFinding({ finding }: { finding: Finding }) {
  const t = useTranslations('findings.verify')
  const viewer = useViewer()
  const fix = standingFix(finding)
  const isOwn = fix?.by?.id === viewer.memberId
  if (!fix || isOwn || !viewer.can('findings.verify', finding.locationId)) {
    return (
      <p className="flex items-start gap-3 text-[0.9375rem] text-ink-muted">
        <UserRoundCheck aria-hidden className="mt-0.5 size-5 shrink-0" />
        {t(isOwn ? 'other' : 'manager')}
      </p>
    )
  }
  return <Decide finding={finding} fixId={fix.id} />
}

function Decide({ finding, fixId }: { finding: Finding; fixId: string }) {
  const t = useTranslations('findings.verify')
  const toast = useToast()
  const verify = useVerifyFinding(finding.id)
  const sendBack = useSendFindingBack(finding.id)
  const mended = useMended('findings.send_back')?.args.reason as string | undefined
  const [isSendingBack, setIsSendingBack] = useState(mended !== undefined)
  const [text, setText] = useState(mended ?? '')
  const stepId = () => crypto.randomUUID()
  if (isSendingBack) {
    return (
      <div className="grid gap-4">
        <Field label={t('why')}>
          <TextArea autoFocus value={text} maxLength={2000} onChange={(event) => setText(event.target.value)} />
        </Field>
        {sendBack.error && <RefusalText error={sendBack.error} />}
        <Button
          look="primary"
          className="min-h-14 text-base"
          disabled={text.trim().length < 3}
          busy={sendBack.isPending}
          onClick={() =>
            sendBack.mutate(
              { stepId: stepId(), fixId, reason: text.trim() },
              { onSuccess: () => toast({ message: t('sentBack') }) },
            )
          }
        >
          {t('sendBack')}
        </Button>
      </div>
    )
  }
  return (
    <div className="grid gap-4">
      <div>
        <h2 className="text-lg font-semibold tracking-[-0.01em]">{t('title')}</h2>
        <p className="mt-1 text-[0.9375rem] text-ink-muted">{t('text')}</p>
      </div>
      {verify.error && <RefusalText error={verify.error} />}
      <SignButton
        className="w-full"
        ask={t('pin')}
        busy={verify.isPending}
        onSign={(signedBy) =>
          verify.mutate({ stepId: stepId(), fixId, signedBy }, { onSuccess: () => toast({ message: t('confirmed') }) })
        }
      >
        {t('button')}
      </SignButton>
      <Button className="min-h-14 text-base" onClick={() => setIsSendingBack(true)}>
        {t('sendBack')}
      </Button>
    </div>
  )
}
