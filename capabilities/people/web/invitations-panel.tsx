'use client'
import { Button, ConfirmDialog, Panel, RelativeTime, StatusBadge, useToast } from '@opsflow/platform/web'
import { Mail } from 'lucide-react'
import { useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import { useInvitations, useInviteAgain, useRevokeInvitation } from '../client/index.ts'
import type { Invitation } from '../invitation.ts'
import { AccountRefusal } from './account-refusal.tsx'
import { InvitationLink } from './invitation-link.tsx'
import { useRoleName } from './words.tsx'

/** Who was asked to join and has not answered; nothing at all while there is nobody. */
export function InvitationsPanel({ organization }: { organization: string }) {
  const t = useTranslations('account.invitations')
  const open = useInvitations('open')
  const expired = useInvitations('expired')
  const items = [...(open.data?.items ?? []), ...(expired.data?.items ?? [])]
  if (items.length === 0) return null
  return (
    <Panel title={t('title')} hint={t('hint', { count: items.length })} className="mb-4">
      <ul className="divide-y divide-line">
        {items.map((invitation) => (
          <InvitationRow key={invitation.id} invitation={invitation} organization={organization} />
        ))}
      </ul>
    </Panel>
  )
}

function InvitationRow({ invitation, organization }: { invitation: Invitation; organization: string }) {
  const t = useTranslations('account.invitations')
  const language = useLocale() === 'es' ? 'es' : 'en'
  const toast = useToast()
  const roleName = useRoleName()
  const again = useInviteAgain()
  const revoke = useRevokeInvitation()
  const [asking, setAsking] = useState(false)
  const [link, setLink] = useState<string>()
  const { id, email, placeName, expiresAt, state } = invitation

  const sendAgain = () =>
    again.mutate(
      { id, language },
      { onSuccess: (made) => (made.link ? setLink(made.link) : toast({ message: t('sentAgain', { email }) })) },
    )
  const takeBack = () => {
    setAsking(false)
    revoke.mutate(id, { onSuccess: () => toast({ message: t('revoked', { email }) }) })
  }

  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2.5">
      <Mail aria-hidden className="size-5 shrink-0 text-ink-muted" />
      <span className="min-w-0 flex-1 basis-56">
        <span className="block font-medium break-all">{email}</span>
        <span className="block text-sm text-ink-muted">
          {roleName(invitation)} · {placeName ?? organization} ·{' '}
          {state === 'open'
            ? t.rich('until', { when: () => <RelativeTime at={expiresAt} /> })
            : t.rich('expired', { when: () => <RelativeTime at={expiresAt} /> })}
        </span>
      </span>
      {state === 'expired' && <StatusBadge tone="warn">{t('isExpired')}</StatusBadge>}
      <Button look="quiet" onClick={sendAgain} busy={again.isPending}>
        {t('again')}
      </Button>
      {state === 'open' && (
        <Button look="quiet" onClick={() => setAsking(true)} busy={revoke.isPending}>
          {t('revoke')}
        </Button>
      )}
      {(again.error ?? revoke.error) && (
        <div className="basis-full">
          <AccountRefusal error={again.error ?? revoke.error} />
        </div>
      )}
      <ConfirmDialog
        open={asking}
        title={t('revokeQuestion', { email })}
        action={t('revoke')}
        onConfirm={takeBack}
        onClose={() => setAsking(false)}
      >
        {t('revokeText')}
      </ConfirmDialog>
      {link && <InvitationLink link={link} email={email} onClose={() => setLink(undefined)} />}
    </li>
  )
}
