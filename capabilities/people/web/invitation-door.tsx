'use client'
import { ApiProblem } from '@opsflow/platform/client/api'
import { Button, Card, EmptyState, ErrorState, Field, Input, SkeletonRows } from '@opsflow/platform/web'
import { MailQuestion } from 'lucide-react'
import type { FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { useAcceptInvitation, useInvitationOf, useSignOut } from '../client/index.ts'
import type { InvitationSeen } from '../invitation.ts'
import { AccountRefusal } from './account-refusal.tsx'
import { SignInForm } from './door/sign-in-form.tsx'
import { useLinkToken } from './use-link-token.ts'
import { useRoleName } from './words.tsx'

type OnJoined = (organizations: readonly { id: string; slug: string; tenantId: string; name: string }[]) => void

/** What the link of an invitation leads to: who invites to what, and the shortest way to accept. */
export function InvitationDoor({ onJoined }: { onJoined: OnJoined }) {
  const t = useTranslations('account.invitation')
  const token = useLinkToken()
  const invitation = useInvitationOf(token ?? undefined)
  if (token === null) return <Over title={t('incomplete')} text={t('incompleteText')} />
  if (invitation.isError) {
    const { error } = invitation
    if (!(error instanceof ApiProblem) || error.status !== 409) {
      return <ErrorState error={error} onRetry={invitation.refetch} />
    }
    return <Over title={t('over')} text={<AccountRefusal error={error} />} />
  }
  if (!invitation.data || token === undefined) return <SkeletonRows rows={4} />
  return (
    <>
      <Said invitation={invitation.data} />
      <Card className="p-5 sm:p-6">
        <NextStep token={token} invitation={invitation.data} onJoined={onJoined} onChanged={invitation.refetch} />
      </Card>
    </>
  )
}

function Over({ title, text }: { title: string; text: React.ReactNode }) {
  return (
    <Card>
      <EmptyState icon={<MailQuestion aria-hidden />} title={title}>
        <div className="mt-2 text-start">{text}</div>
      </EmptyState>
    </Card>
  )
}

function Said({ invitation }: { invitation: InvitationSeen }) {
  const t = useTranslations('account.invitation')
  const roleName = useRoleName()
  const { organization, invitedBy, placeName } = invitation
  return (
    <header className="mb-6 text-center">
      <h1 className="text-2xl font-semibold tracking-[-0.025em] text-balance">{t('title', { organization })}</h1>
      <p className="mt-2 text-[0.9375rem] text-balance text-ink-muted">
        {t('text', { invitedBy, role: roleName(invitation), place: placeName ?? organization })}
      </p>
    </header>
  )
}

function NextStep({
  token,
  invitation: { next, email },
  onJoined,
  onChanged,
}: {
  token: string
  invitation: InvitationSeen
  onJoined: OnJoined
  onChanged: () => unknown
}) {
  const t = useTranslations('account.invitation')
  const accept = useAcceptInvitation()
  const signOut = useSignOut()
  const acceptAs = (account: { name?: string; password?: string } = {}) =>
    accept.mutate({ token, ...account }, { onSuccess: ({ organizations }) => onJoined(organizations) })

  if (next === 'make_account') return <NewAccount email={email} accept={accept} onSubmit={acceptAs} />
  if (next === 'sign_in') {
    return (
      <>
        <p className="mb-4 text-sm text-ink-muted">{t('signIn', { email })}</p>
        <SignInForm onSignedIn={() => void onChanged()} />
      </>
    )
  }
  if (next === 'sign_out') {
    return (
      <div className="grid gap-4">
        <p className="text-[0.9375rem]">{t('another', { email })}</p>
        <Button
          look="primary"
          busy={signOut.isPending}
          onClick={() => signOut.mutate(undefined, { onSuccess: () => void onChanged() })}
        >
          {t('signOut')}
        </Button>
      </div>
    )
  }
  return (
    <div className="grid gap-4">
      <p className="text-[0.9375rem]">{t('join', { email })}</p>
      {accept.error && <AccountRefusal error={accept.error} />}
      <Button look="primary" busy={accept.isPending} onClick={() => acceptAs()}>
        {t('accept')}
      </Button>
    </div>
  )
}

function NewAccount({
  email,
  accept,
  onSubmit,
}: {
  email: string
  accept: ReturnType<typeof useAcceptInvitation>
  onSubmit: (account: { name: string; password: string }) => void
}) {
  const t = useTranslations('account.invitation')
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    onSubmit({ name: String(form.get('name')), password: String(form.get('password')) })
  }
  return (
    <form onSubmit={submit} className="grid gap-4">
      <Field label={t('email')} hint={t('emailHint')}>
        <Input name="email" type="email" autoComplete="username" readOnly value={email} />
      </Field>
      <Field label={t('name')}>
        <Input name="name" autoComplete="name" required maxLength={200} />
      </Field>
      <Field label={t('password')} hint={t('passwordHint')}>
        <Input name="password" type="password" autoComplete="new-password" required minLength={12} maxLength={128} />
      </Field>
      {accept.error && <AccountRefusal error={accept.error} />}
      <Button look="primary" type="submit" busy={accept.isPending}>
        {t('create')}
      </Button>
    </form>
  )
}
