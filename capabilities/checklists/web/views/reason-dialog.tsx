'use client'
import { Button, Dialog, Field, TextArea, useToast } from '@opsflow/platform/web'
import { useState } from 'react'
import { useTranslations } from 'use-intl'

const SHORTEST = 3

type Props = {
  title: string
  text: string
  words: { save: string; takeBack: string; saved: string; takenBack: string }
  /** What was said before. */
  said: string | undefined
  busy: boolean
  /** Null: what was said is taken back. */
  send: (reason: string | null) => Promise<unknown>
  onClose: () => void
}

/** Asks why something was not done in time. It needs the network, and says so. */
export function ReasonDialog({ title, text, words, said, busy, send, onClose }: Props) {
  const t = useTranslations('overview.excuse')
  const toast = useToast()
  const [reason, setReason] = useState(said ?? '')
  const go = (next: string | null) =>
    send(next).then(
      () => {
        toast({ message: next === null ? words.takenBack : words.saved })
        onClose()
      },
      (error: Error) => toast({ message: error.name === 'Unreachable' ? t('offline') : t('failed'), tone: 'danger' }),
    )
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      footer={
        <>
          {said !== undefined && (
            <Button busy={busy} onClick={() => void go(null)}>
              {words.takeBack}
            </Button>
          )}
          <Button
            look="primary"
            busy={busy}
            disabled={reason.trim().length < SHORTEST}
            onClick={() => void go(reason.trim())}
          >
            {words.save}
          </Button>
        </>
      }
    >
      <p className="mb-4 text-sm text-ink-muted">{text}</p>
      <Field label={t('reason')}>
        <TextArea value={reason} maxLength={1000} onChange={({ target }) => setReason(target.value)} />
      </Field>
    </Dialog>
  )
}
