'use client'
import { Button, Dialog, Field, TextArea, useToast } from '@opsflow/platform/web'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useExcuse } from '../../client/index.ts'
import type { ChecklistOutcome } from '../../view-routes.ts'
import { useWords } from './use-words.ts'

const SHORTEST = 3

/** Why nobody is to blame that it was missed. It stays missed on record, with who said why. */
export default function ExcuseDialog({ row, onClose }: { row: ChecklistOutcome; onClose: () => void }) {
  const t = useTranslations('overview.excuse')
  const words = useWords()
  const toast = useToast()
  const excusing = useExcuse()
  const [reason, setReason] = useState(row.excuse?.reason ?? '')
  const send = (said: string | null) =>
    excusing.mutate(
      { id: row.id, reason: said },
      {
        onSuccess: () => {
          toast({ message: t(said === null ? 'takenBack' : 'done') })
          onClose()
        },
        onError: (error) =>
          toast({ message: error.name === 'Unreachable' ? t('offline') : t('failed'), tone: 'danger' }),
      },
    )
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('title', { name: row.name })}
      footer={
        <>
          {row.excuse && (
            <Button busy={excusing.isPending} onClick={() => send(null)}>
              {t('takeBack')}
            </Button>
          )}
          <Button
            look="primary"
            busy={excusing.isPending}
            disabled={reason.trim().length < SHORTEST}
            onClick={() => send(reason.trim())}
          >
            {t('send')}
          </Button>
        </>
      }
    >
      <p className="mb-4 text-sm text-ink-muted">
        {words.place(row.locationId)} · {words.day(row.day)}. {t('text')}
      </p>
      <Field label={t('reason')}>
        <TextArea value={reason} maxLength={1000} onChange={({ target }) => setReason(target.value)} />
      </Field>
    </Dialog>
  )
}
