'use client'
import { ErrorState, PageHeader, SkeletonRows } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import { useAccount } from '../client/index.ts'
import { AuthenticatorPanel } from './authenticator-panel.tsx'
import { EmailPanel, PasswordPanel } from './email-and-password.tsx'
import { PasskeysPanel } from './passkeys-panel.tsx'
import { SessionsPanel } from './sessions-panel.tsx'

/** One's own account: how one signs in, and where one is signed in. */
export function AccountScreen() {
  const t = useTranslations('account')
  const account = useAccount()
  return (
    <>
      <PageHeader title={t('title')} text={t('text')} />
      {account.isPending && <SkeletonRows rows={5} />}
      {account.isError && <ErrorState error={account.error} onRetry={account.refetch} />}
      {account.data && (
        <div className="grid items-start gap-4 xl:grid-cols-2">
          <EmailPanel account={account.data} />
          <PasswordPanel />
          <AuthenticatorPanel account={account.data} />
          <PasskeysPanel account={account.data} />
          <div className="xl:col-span-2">
            <SessionsPanel />
          </div>
        </div>
      )}
    </>
  )
}
