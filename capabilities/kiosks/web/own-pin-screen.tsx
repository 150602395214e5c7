'use client'
import { Button, Card, Field, Input, PageHeader, useToast } from '@opsflow/platform/web'
import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useChoosePin } from '../client/index.ts'
import { RefusalNote } from './refusal-note.tsx'

/** One's own PIN, from one's own device. */
export function OwnPinScreen() {
  const t = useTranslations('kiosks.own')
  const toast = useToast()
  const choose = useChoosePin()
  const [differ, setDiffer] = useState(false)

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = event.currentTarget
    const text = (name: string) => String(new FormData(form).get(name))
    setDiffer(text('pin') !== text('again'))
    if (text('pin') !== text('again')) return
    choose.mutate(
      { pin: text('pin') },
      {
        onSuccess() {
          form.reset()
          toast({ message: t('saved') })
        },
      },
    )
  }

  const digits = {
    type: 'password',
    inputMode: 'numeric',
    pattern: '[0-9]{6}',
    maxLength: 6,
    required: true,
    autoComplete: 'off',
  } as const
  return (
    <>
      <PageHeader title={t('title')} text={t('text')} />
      <Card className="max-w-md p-5 sm:p-6">
        <form onSubmit={submit} className="grid gap-5">
          <Field label={t('pin')} hint={t('hint')}>
            <Input name="pin" {...digits} />
          </Field>
          <Field label={t('again')} error={differ && t('differ')}>
            <Input name="again" {...digits} />
          </Field>
          {choose.error && <RefusalNote error={choose.error} />}
          <Button look="primary" type="submit" busy={choose.isPending}>
            {t('save')}
          </Button>
        </form>
      </Card>
    </>
  )
}
