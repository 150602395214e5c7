'use client'
import { ApiProblem } from '@opsflow/platform/client/api'
import { Button, ButtonLink, EmptyState, ErrorState, Field, Input, SkeletonRows } from '@opsflow/platform/web'
import { MailCheck } from 'lucide-react'
import type { FormEvent, ReactNode } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import {
  useAskForNewPassword,
  useAskToSignUp,
  useConfirmEmail,
  useDoor,
  useSetPasswordByLink,
  useSignUp,
  useSignUpLink,
} from '../../client/index.ts'
import { RefusalText } from '../refusal-text.tsx'
import { useLinkToken } from '../use-link-token.ts'
import { FoundingForm } from './first-run-form.tsx'

/** Asks for a link by mail. The answer never tells whether the address is known. */
export function AskForLetter({ what }: { what: 'reset' | 'signUp' }) {
  const t = useTranslations('door.letter')
  const language = useLocale() === 'es' ? 'es' : 'en'
  const door = useDoor()
  const [reset, signUp] = [useAskForNewPassword(), useAskToSignUp()]
  const ask = what === 'reset' ? reset : signUp

  if (door.isPending) return <SkeletonRows />
  if (door.isError) return <ErrorState error={door.error} onRetry={door.refetch} />
  if (!(what === 'reset' ? door.data.mail : door.data.signUp)) {
    return (
      <EmptyState compact title={t(`${what}.off`)} action={<BackToSignIn />}>
        {t(`${what}.offText`)}
      </EmptyState>
    )
  }
  if (ask.isSuccess) {
    return (
      <div role="status" className="grid justify-items-center gap-3 text-center">
        <MailCheck aria-hidden className="size-10 text-accent-ink" />
        <h2 className="text-lg font-semibold">{t('sent')}</h2>
        <p className="text-sm text-ink-muted">{t('sentText', { email: ask.variables.email })}</p>
        <BackToSignIn />
      </div>
    )
  }
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    ask.mutate({ email: String(new FormData(event.currentTarget).get('email')), language })
  }
  return (
    <form onSubmit={submit} className="grid gap-4">
      <Field label={t('email')}>
        <Input name="email" type="email" required autoComplete="username" spellCheck={false} />
      </Field>
      {ask.error && <RefusalText error={ask.error} />}
      <Button look="primary" type="submit" busy={ask.isPending}>
        {t(`${what}.submit`)}
      </Button>
      <BackToSignIn quiet />
    </form>
  )
}

/** The page the reset letter links to. */
export function NewPasswordByLink() {
  const t = useTranslations('door.newPassword')
  const token = useLinkToken()
  const set = useSetPasswordByLink()
  if (set.isSuccess) return <Done title={t('done')} text={t('doneText')} />
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (token) set.mutate({ token, password: String(new FormData(event.currentTarget).get('password')) })
  }
  return (
    <WithToken token={token}>
      <form onSubmit={submit} className="grid gap-4">
        <Field label={t('password')} hint={t('hint')} error={fieldError(set.error, 'password')}>
          <Input name="password" type="password" required minLength={12} maxLength={128} autoComplete="new-password" />
        </Field>
        {set.error && <RefusalText error={set.error} />}
        <Button look="primary" type="submit" busy={set.isPending}>
          {t('submit')}
        </Button>
      </form>
    </WithToken>
  )
}

/** The page the letter of a new or changed address links to. Confirms by a press: mail scanners follow links too. */
export function ConfirmEmail() {
  const t = useTranslations('door.confirm')
  const token = useLinkToken()
  const confirm = useConfirmEmail()
  if (confirm.isSuccess) return <Done title={t('done')} text={t('doneText', { email: confirm.data.email })} />
  return (
    <WithToken token={token}>
      <div className="grid gap-4">
        <p className="text-center text-ink-muted">{t('text')}</p>
        {confirm.error && <RefusalText error={confirm.error} />}
        <Button look="primary" busy={confirm.isPending} onClick={() => token && confirm.mutate(token)}>
          {t('submit')}
        </Button>
      </div>
    </WithToken>
  )
}

/** The page the sign-up letter links to: the organization, its first location, and the one who runs it. */
export function FoundByLink({ onFounded }: { onFounded: () => void }) {
  const token = useLinkToken()
  const link = useSignUpLink(token ?? undefined)
  const signUp = useSignUp()
  return (
    <WithToken token={token}>
      {link.isError ? (
        <LinkOver error={link.error} />
      ) : link.isPending || !token ? (
        <SkeletonRows />
      ) : (
        <FoundingForm
          provenEmail={link.data.email}
          error={signUp.error}
          isPending={signUp.isPending}
          onSubmit={({ email: _, ...founding }) => signUp.mutate({ ...founding, token }, { onSuccess: onFounded })}
        />
      )}
    </WithToken>
  )
}

function WithToken({ token, children }: { token: string | null | undefined; children: ReactNode }) {
  if (token === undefined) return <SkeletonRows />
  if (token === null) return <LinkOver />
  return children
}

function LinkOver({ error }: { error?: unknown }) {
  const t = useTranslations('door.link')
  if (error && !(error instanceof ApiProblem && error.code === 'people.link_unknown'))
    return <RefusalText error={error} />
  return (
    <EmptyState compact title={t('over')} action={<BackToSignIn />}>
      {t('overText')}
    </EmptyState>
  )
}

function Done({ title, text }: { title: string; text: string }) {
  return (
    <div role="status" className="grid justify-items-center gap-3 text-center">
      <MailCheck aria-hidden className="size-10 text-accent-ink" />
      <h2 className="text-lg font-semibold">{title}</h2>
      <p className="text-sm text-ink-muted">{text}</p>
      <BackToSignIn />
    </div>
  )
}

function BackToSignIn({ quiet = false }: { quiet?: boolean }) {
  const t = useTranslations('door')
  return (
    <ButtonLink look={quiet ? 'quiet' : 'secondary'} href="/sign-in">
      {t('backToSignIn')}
    </ButtonLink>
  )
}

const fieldError = (error: unknown, field: string) =>
  error instanceof ApiProblem ? error.fieldError(`body.${field}`) : undefined
