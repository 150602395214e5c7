'use client'
import { Button, ConfirmDialog, Dialog, Field, Input, Panel, RelativeTime } from '@opsflow/platform/web'
import { Fingerprint, Plus } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Account, Passkey } from '../account.ts'
import { useAddPasskey, usePasskeyChallenge, useRemovePasskey } from '../client/index.ts'
import { knowsPasskeys, makePasskey } from '../client/passkey-ceremony.ts'
import { AccountRefusal } from './account-refusal.tsx'
import { useConfirmedIdentity } from './confirm-identity.tsx'
import { deviceOf } from './device-of.ts'

/** Passkeys: sign in with a fingerprint, a face or a PIN of one's own device, and no password. */
export function PasskeysPanel({ account: { passkeys } }: { account: Account }) {
  const t = useTranslations('account.passkeys')
  const { confirmed, dialog } = useConfirmedIdentity()
  const challenge = usePasskeyChallenge()
  const add = useAddPasskey()
  const remove = useRemovePasskey()
  const [naming, setNaming] = useState(false)
  const [removing, setRemoving] = useState<Passkey>()

  const addNamed = (name: string) => {
    setNaming(false)
    confirmed(async () => {
      const answer = await makePasskey(await challenge.mutateAsync('add'))
      if (answer) await add.mutateAsync({ ...answer, name })
    })
  }
  const removeIt = ({ id }: Passkey) => {
    setRemoving(undefined)
    confirmed(() => remove.mutateAsync(id))
  }

  const problem = challenge.error ?? add.error ?? remove.error
  return (
    <Panel
      title={t('title')}
      actions={
        <Button look="quiet" onClick={() => setNaming(true)} busy={challenge.isPending || add.isPending}>
          <Plus aria-hidden />
          {t('add')}
        </Button>
      }
    >
      <p className="max-w-prose text-sm text-ink-muted">{t('text')}</p>
      {passkeys.length === 0 ? (
        <p className="mt-3 text-sm font-medium">{t('empty')}</p>
      ) : (
        <ul className="mt-3 divide-y divide-line">
          {passkeys.map((passkey) => (
            <li key={passkey.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2">
              <Fingerprint aria-hidden className="size-5 shrink-0 text-ink-muted" />
              <span className="min-w-0 flex-1">
                <span className="block font-medium break-words">{passkey.name}</span>
                <span className="block text-sm text-ink-muted">
                  {passkey.lastUsedAt
                    ? t.rich('used', { when: () => <RelativeTime at={passkey.lastUsedAt as string} /> })
                    : t('unused')}
                </span>
              </span>
              <Button look="quiet" onClick={() => setRemoving(passkey)}>
                {t('remove')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {problem && (
        <div className="mt-3">
          <AccountRefusal error={problem} />
        </div>
      )}
      <NamePasskey open={naming} onClose={() => setNaming(false)} onNamed={addNamed} />
      <ConfirmDialog
        open={removing !== undefined}
        title={t('removeQuestion', { name: removing?.name ?? '' })}
        action={t('remove')}
        onConfirm={() => removing && removeIt(removing)}
        onClose={() => setRemoving(undefined)}
      >
        {t('removeText')}
      </ConfirmDialog>
      {dialog}
    </Panel>
  )
}

function NamePasskey({
  open,
  onClose,
  onNamed,
}: {
  open: boolean
  onClose: () => void
  onNamed: (name: string) => void
}) {
  const t = useTranslations('account.passkeys')
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    onNamed(String(new FormData(event.currentTarget).get('name')))
  }
  return (
    <Dialog open={open} onClose={onClose} title={t('add')} description={knowsPasskeys() ? t('addText') : t('cannot')}>
      {knowsPasskeys() && (
        <form onSubmit={submit} className="grid gap-4">
          <Field label={t('name')} hint={t('nameHint')}>
            <Input name="name" required maxLength={100} defaultValue={deviceOf(navigator.userAgent)} />
          </Field>
          <Button look="primary" type="submit">
            {t('next')}
          </Button>
        </form>
      )}
    </Dialog>
  )
}
