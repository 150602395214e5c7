'use client'
import { ApiProblem } from '@opsflow/platform/client/api'
import { Button, Dialog, Field, Input } from '@opsflow/platform/web'
import { Fingerprint } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useAccount, useConfirmByPasskey, useConfirmByPassword, usePasskeyChallenge } from '../client/index.ts'
import { knowsPasskeys, showPasskey } from '../client/passkey-ceremony.ts'
import { AccountRefusal } from './account-refusal.tsx'

/** Does something sensitive, and asks first who one is where the server wants to know it anew. */
export function useConfirmedIdentity() {
  const [waiting, setWaiting] = useState<() => void>()
  const confirmed = (work: () => Promise<unknown>) => {
    work().catch((error: unknown) => {
      const asksWho = error instanceof ApiProblem && error.code === 'people.confirmation_required'
      if (asksWho) setWaiting(() => () => confirmed(work)) // any other refusal is shown where the work was asked for
    })
  }
  const dialog = (
    <ConfirmIdentity
      open={waiting !== undefined}
      onClose={() => setWaiting(undefined)}
      onConfirmed={() => {
        setWaiting(undefined)
        waiting?.()
      }}
    />
  )
  return { confirmed, dialog }
}

function ConfirmIdentity({
  open,
  onClose,
  onConfirmed,
}: {
  open: boolean
  onClose: () => void
  onConfirmed: () => void
}) {
  const t = useTranslations('account.confirm')
  return (
    <Dialog open={open} onClose={onClose} title={t('title')} description={t('text')}>
      {open && <ByPasswordOrPasskey onConfirmed={onConfirmed} />}
    </Dialog>
  )
}

function ByPasswordOrPasskey({ onConfirmed }: { onConfirmed: () => void }) {
  const t = useTranslations('account.confirm')
  const account = useAccount()
  const byPassword = useConfirmByPassword()
  const challenge = usePasskeyChallenge()
  const byPasskey = useConfirmByPasskey()
  const asksCode = account.data?.codesRequired ?? false
  const hasPasskey = knowsPasskeys() && (account.data?.passkeys.length ?? 0) > 0

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const code = String(form.get('code') ?? '').trim()
    byPassword.mutate({ password: String(form.get('password')), ...(code && second(code)) }, { onSuccess: onConfirmed })
  }

  async function withPasskey() {
    const answer = await showPasskey(await challenge.mutateAsync('confirm'))
    if (answer) byPasskey.mutate(answer, { onSuccess: onConfirmed })
  }

  return (
    <form onSubmit={submit} className="grid gap-4">
      <Field label={t('password')}>
        <Input name="password" type="password" autoComplete="current-password" required />
      </Field>
      {asksCode && (
        <Field label={t('code')} hint={t('codeHint')}>
          <Input name="code" inputMode="text" autoComplete="one-time-code" required maxLength={40} />
        </Field>
      )}
      {(byPassword.error ?? byPasskey.error) && <AccountRefusal error={byPassword.error ?? byPasskey.error} />}
      <Button look="primary" type="submit" busy={byPassword.isPending}>
        {t('submit')}
      </Button>
      {hasPasskey && (
        <Button onClick={withPasskey} busy={challenge.isPending || byPasskey.isPending}>
          <Fingerprint aria-hidden />
          {t('passkey')}
        </Button>
      )}
    </form>
  )
}

/** Six digits are a code of the app; anything else is meant as a recovery code. */
const second = (typed: string) => (/^\d{6}$/.test(typed) ? { code: typed } : { recoveryCode: typed })
