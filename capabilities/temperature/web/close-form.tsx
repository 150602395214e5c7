'use client'
import { useMended } from '@opsflow/platform/client/sync/mended'
import { Field, SignButton, StatusBadge, Temperature, TextArea, useToast } from '@opsflow/platform/web'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useCloseAction } from '../client/index.ts'
import type { CorrectiveActionRecord } from '../records.ts'
import { RefusalText } from './refusal-text.tsx'

export function CloseForm({ action }: { action: CorrectiveActionRecord }) {
  const t = useTranslations('temperature')
  const toast = useToast()
  const close = useCloseAction(action.id)
  const typed = useMended('temperature.close')?.args.note as string | undefined
  const [note, setNote] = useState(typed ?? '')
  const passed = action.rechecks.at(-1)
  return (
    <div className="grid gap-4">
      <div>
        <h2 className="text-lg font-semibold tracking-[-0.01em]">{t('action.closeTitle')}</h2>
        {passed && (
          <p className="mt-2 flex flex-wrap items-center gap-2 text-[0.9375rem]">
            <StatusBadge tone="ok">{t('action.withinLimit')}</StatusBadge>
            <Temperature value={passed.value} className="font-semibold" />
          </p>
        )}
      </div>
      <Field label={t('action.note')} optional={t('optional')}>
        <TextArea value={note} maxLength={2000} onChange={(event) => setNote(event.target.value)} />
      </Field>
      {close.error && <RefusalText error={close.error} />}
      <SignButton
        ask={t('action.signWithPin')}
        busy={close.isPending}
        onSign={(signedBy) =>
          close.mutate(
            { note, signedBy },
            { onSuccess: () => toast({ message: t('action.closedToast', { unit: action.unitName }) }) },
          )
        }
      >
        {t('action.close')}
      </SignButton>
    </div>
  )
}
