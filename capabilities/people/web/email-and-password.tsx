'use client'
import { ApiProblem } from '@opsflow/platform/client/api'
import { Button, Dialog, Field, Input, Panel, StatusBadge, useToast } from '@opsflow/platform/web'
import { type FormEvent, useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { Account } from '../account.ts'
import { useChangePassword, useDoor, useMailEmailLink } from '../client/index.ts'
import { AccountRefusal } from './account-refusal.tsx'
import { useConfirmedIdentity } from './confirm-identity.tsx'

export function EmailPanel({ account }: { account: Account }) {
  const t = useTranslations('account.email')
  const toast = useToast()
  const language = useLocale() === 'es' ? 'es' : 'en'
  const { confirmed, dialog } = useConfirmedIdentity()
  const link = useMailEmailLink()
  const [changing, setChanging] = useState(false)
  const door = useDoor()
  const mailIsOff = door.data?.mail === false

  const mail = (email?: string) =>
    confirmed(async () => {
      await link.mutateAsync({ language, ...(email && { email }) })
      setChanging(false)
      toast({ message: t('sent', { email: email ?? account.email }) })
    })

  return (
    <Panel
      title={t('title')}
      actions={
        <StatusBadge tone={account.emailVerified ? 'ok' : 'warn'}>
          {account.emailVerified ? t('verified') : t('unverified')}
        </StatusBadge>
      }
    >
      <p className="text-[0.9375rem] font-medium break-all">{account.email}</p>
      {mailIsOff ? (
        <p className="mt-2 max-w-prose text-sm text-ink-muted">{t('mailOff')}</p>
      ) : (
        <div className="mt-4 flex flex-wrap gap-2">
          {!account.emailVerified && (
            <Button look="primary" onClick={() => mail()} busy={link.isPending}>
              {t('verify')}
            </Button>
          )}
          <Button onClick={() => setChanging(true)}>{t('change')}</Button>
        </div>
      )}
      {link.error && !changing && (
        <div className="mt-3">
          <AccountRefusal error={link.error} />
        </div>
      )}
      <Dialog open={changing} onClose={() => setChanging(false)} title={t('change')} description={t('changeText')}>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            mail(String(new FormData(event.currentTarget).get('email')).trim())
          }}
          className="grid gap-4"
        >
          <Field label={t('newEmail')}>
            <Input name="email" type="email" autoComplete="email" required maxLength={320} />
          </Field>
          {link.error && <AccountRefusal error={link.error} />}
          <Button look="primary" type="submit" busy={link.isPending}>
            {t('send')}
          </Button>
        </form>
      </Dialog>
      {dialog}
    </Panel>
  )
}

export function PasswordPanel() {
  const t = useTranslations('account.password')
  const toast = useToast()
  const change = useChangePassword()
  const [open, setOpen] = useState(false)
  const problem = change.error instanceof ApiProblem ? change.error : undefined
  const wrongField = problem?.code === 'people.password_known' ? t('known') : undefined

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const text = (name: string) => String(new FormData(event.currentTarget).get(name))
    change.mutate(
      { currentPassword: text('current'), password: text('next') },
      {
        onSuccess() {
          setOpen(false)
          toast({ message: t('changed') })
        },
      },
    )
  }

  return (
    <Panel title={t('title')}>
      <p className="max-w-prose text-sm text-ink-muted">{t('text')}</p>
      <Button className="mt-4" onClick={() => setOpen(true)}>
        {t('change')}
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={t('change')} description={t('changeText')}>
        <form onSubmit={submit} className="grid gap-4">
          <Field label={t('current')}>
            <Input name="current" type="password" autoComplete="current-password" required />
          </Field>
          <Field label={t('next')} hint={t('hint')} error={wrongField}>
            <Input name="next" type="password" autoComplete="new-password" required minLength={12} maxLength={128} />
          </Field>
          {change.error && !wrongField && <AccountRefusal error={change.error} />}
          <Button look="primary" type="submit" busy={change.isPending}>
            {t('submit')}
          </Button>
        </form>
      </Dialog>
    </Panel>
  )
}
