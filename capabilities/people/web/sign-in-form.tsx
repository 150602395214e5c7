'use client'
import { Button, Field, Input } from '@opsflow/platform/web'
import type { FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { useSignIn } from '../client/index.ts'
import { RefusalText } from './refusal-text.tsx'

export function SignInForm({
  onSignedIn,
}: {
  onSignedIn: (organizations: readonly { id: string; slug: string }[]) => void
}) {
  const t = useTranslations('people.signIn')
  const signIn = useSignIn()

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const credentials = { email: String(form.get('email')), password: String(form.get('password')) }
    signIn.mutate(credentials, { onSuccess: ({ organizations }) => onSignedIn(organizations) })
  }

  return (
    <form onSubmit={submit} className="grid gap-4">
      <Field label={t('email')}>
        <Input name="email" type="email" autoComplete="username" required spellCheck={false} />
      </Field>
      <Field label={t('password')}>
        <Input name="password" type="password" autoComplete="current-password" required />
      </Field>
      {signIn.error && <RefusalText error={signIn.error} />}
      <Button look="primary" type="submit" busy={signIn.isPending} className="mt-1 w-full">
        {t('submit')}
      </Button>
    </form>
  )
}
