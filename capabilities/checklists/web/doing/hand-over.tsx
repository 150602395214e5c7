'use client'
import { useAssignees } from '@opsflow/capabilities/tasks/client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, Dialog, Field, Select, TextArea, useToast } from '@opsflow/platform/web'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Checklist } from '../../checklist.ts'
import { useHandOver } from '../../client/index.ts'
import { useReason } from './reason.tsx'

/** Someone else goes on with it: to whom, and what they should know. */
export default function HandOver({ list, onClose }: { list: Checklist; onClose: () => void }) {
  const t = useTranslations('doing.handOver')
  const toast = useToast()
  const reason = useReason()
  const handOver = useHandOver()
  const { memberId } = useViewer()
  const people = useAssignees(list.locationId).people.filter(({ id }) => id !== memberId)
  const [to, setTo] = useState('')
  const [note, setNote] = useState('')
  const person = people.find(({ id }) => id === to)

  function give() {
    if (!person) return
    const { id, name } = person
    const given = { id: crypto.randomUUID(), checklistId: list.id, to: { id, name }, note: note.trim() }
    handOver.mutate(given, {
      onSuccess: () => {
        toast({ message: t('done', { name }) })
        onClose()
      },
    })
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t('title')}
      description={t('text')}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button
            look="primary"
            disabled={!person || note.trim() === ''}
            busy={handOver.isPending}
            onClick={() => give()}
          >
            {t('give')}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <Field label={t('to')}>
          <Select value={to} onChange={(event) => setTo(event.target.value)}>
            <option value="">{t('choose')}</option>
            {people.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('note')}>
          <TextArea value={note} maxLength={1000} onChange={(event) => setNote(event.target.value)} />
        </Field>
        {handOver.error && (
          <p role="alert" className="text-sm font-medium text-danger">
            {reason(handOver.error)}
          </p>
        )}
      </div>
    </Dialog>
  )
}
