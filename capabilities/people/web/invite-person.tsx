'use client'
import { Button, Dialog, Field, Input, useToast } from '@opsflow/platform/web'
import { MailPlus } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import { useInvite } from '../client/index.ts'
import { AccountRefusal } from './account-refusal.tsx'
import { InvitationLink } from './invitation-link.tsx'
import { grantOf, type RoleAndPlace, RoleAndPlaceFields } from './role-and-place.tsx'

export function InviteButton({ organization }: { organization: string }) {
  const t = useTranslations('account.invite')
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button look="primary" onClick={() => setOpen(true)}>
        <MailPlus aria-hidden />
        {t('button')}
      </Button>
      {open && <InvitePerson organization={organization} onClose={() => setOpen(false)} />}
    </>
  )
}

/** Someone is asked by email to join. Without mail the link is shown, to be handed over. */
function InvitePerson({ organization, onClose }: { organization: string; onClose: () => void }) {
  const t = useTranslations('account.invite')
  const language = useLocale() === 'es' ? 'es' : 'en'
  const toast = useToast()
  const invite = useInvite()
  const [email, setEmail] = useState('')
  const [held, setHeld] = useState<RoleAndPlace>({ role: 'org:member', place: undefined })
  const [link, setLink] = useState<string>()

  function submit(event: FormEvent) {
    event.preventDefault()
    const place = held.role === 'org:admin' ? 'organization' : held.place
    if (!place) return
    invite.mutate(
      { email: email.trim(), grant: grantOf({ role: held.role, place }), language },
      {
        onSuccess(made) {
          if (made.link) return setLink(made.link)
          toast({ message: t('sent', { email: made.email }) })
          onClose()
        },
      },
    )
  }

  if (link) return <InvitationLink link={link} email={email} onClose={onClose} />
  return (
    <Dialog open onClose={onClose} title={t('title')} description={t('text')} place="sheet">
      <form onSubmit={submit} className="grid gap-5">
        <Field label={t('email')}>
          <Input
            type="email"
            value={email}
            onChange={(event) => setEmail(event.target.value)}
            required
            maxLength={320}
          />
        </Field>
        <RoleAndPlaceFields value={held} onChange={setHeld} organization={organization} name={email.trim()} />
        {invite.error && <AccountRefusal error={invite.error} />}
        <Button
          look="primary"
          type="submit"
          busy={invite.isPending}
          disabled={held.role !== 'org:admin' && !held.place}
        >
          {t('submit')}
        </Button>
      </form>
    </Dialog>
  )
}
