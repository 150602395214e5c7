'use client'
import { Button, ConfirmDialog, Dialog, Field, Input, Panel, QrCode, StatusBadge } from '@opsflow/platform/web'
import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Account } from '../account.ts'
import {
  useBeginAuthenticator,
  useConfirmAuthenticator,
  useRemoveAuthenticator,
  useRenewRecoveryCodes,
} from '../client/index.ts'
import { AccountRefusal } from './account-refusal.tsx'
import { useConfirmedIdentity } from './confirm-identity.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'

/** Codes of an authenticator app, asked for beside the password. */
export function AuthenticatorPanel({ account }: { account: Account }) {
  const t = useTranslations('account.authenticator')
  const { confirmed, dialog } = useConfirmedIdentity()
  const begin = useBeginAuthenticator()
  const renew = useRenewRecoveryCodes()
  const remove = useRemoveAuthenticator()
  const [codes, setCodes] = useState<string[]>()
  const [removing, setRemoving] = useState(false)
  const isOn = account.codesRequired

  const renewCodes = () => confirmed(async () => setCodes((await renew.mutateAsync(undefined)).recoveryCodes))
  const removeIt = () => {
    setRemoving(false)
    confirmed(() => remove.mutateAsync(undefined))
  }

  return (
    <Panel
      title={t('title')}
      actions={<StatusBadge tone={isOn ? 'ok' : 'neutral'}>{isOn ? t('on') : t('off')}</StatusBadge>}
    >
      <p className="max-w-prose text-sm text-ink-muted">{t('text')}</p>
      {isOn && <p className="mt-2 text-sm">{t('codesLeft', { count: account.recoveryCodesLeft })}</p>}
      <div className="mt-4 flex flex-wrap gap-2">
        {isOn ? (
          <>
            <Button onClick={renewCodes} busy={renew.isPending}>
              {t('renew')}
            </Button>
            <Button look="quiet" onClick={() => setRemoving(true)} busy={remove.isPending}>
              {t('remove')}
            </Button>
          </>
        ) : (
          <Button look="primary" onClick={() => confirmed(() => begin.mutateAsync(undefined))} busy={begin.isPending}>
            {t('turnOn')}
          </Button>
        )}
      </div>
      {(begin.error ?? renew.error ?? remove.error) && (
        <div className="mt-3">
          <AccountRefusal error={begin.error ?? renew.error ?? remove.error} />
        </div>
      )}
      {begin.data && (
        <SetUp
          secret={begin.data}
          onClose={begin.reset}
          onConfirmed={(made) => {
            begin.reset()
            setCodes(made)
          }}
        />
      )}
      <RecoveryCodes codes={codes} onClose={() => setCodes(undefined)} />
      <ConfirmDialog
        open={removing}
        title={t('removeQuestion')}
        action={t('remove')}
        onConfirm={removeIt}
        onClose={() => setRemoving(false)}
      >
        {t('removeText')}
      </ConfirmDialog>
      {dialog}
    </Panel>
  )
}

function SetUp({
  secret: { secret, uri },
  onClose,
  onConfirmed,
}: {
  secret: { secret: string; uri: string }
  onClose: () => void
  onConfirmed: (recoveryCodes: string[]) => void
}) {
  const t = useTranslations('account.authenticator')
  const confirm = useConfirmAuthenticator()

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const code = String(new FormData(event.currentTarget).get('code')).replaceAll(/\s/g, '')
    confirm.mutate(code, { onSuccess: ({ recoveryCodes }) => onConfirmed(recoveryCodes) })
  }

  return (
    <Dialog open onClose={onClose} title={t('turnOn')} description={t('scan')}>
      <form onSubmit={submit} className="grid gap-4">
        <div className="flex flex-wrap items-center gap-5">
          <QrCode text={uri} label={t('qrLabel')} className="size-50 rounded-xl border border-line" />
          <div className="min-w-48 flex-1 text-sm">
            <p className="text-ink-muted">{t('byHand')}</p>
            <code className="mt-1.5 block font-mono text-[0.9375rem] break-all">
              {secret.replaceAll(/(.{4})/g, '$1 ')}
            </code>
          </div>
        </div>
        <Field label={t('code')} hint={t('codeHint')}>
          <Input
            name="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            pattern="[0-9 ]{6,7}"
            maxLength={7}
            required
            className="font-mono tracking-[0.2em]"
          />
        </Field>
        {confirm.error && <AccountRefusal error={confirm.error} />}
        <Button look="primary" type="submit" busy={confirm.isPending}>
          {t('confirm')}
        </Button>
      </form>
    </Dialog>
  )
}
