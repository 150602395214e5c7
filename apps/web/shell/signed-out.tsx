'use client'
import { ButtonLink } from '@opsflow/platform/web'
import { LogIn } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { signInAddress } from './sign-in-address.ts'

/** The session is over, but something is being typed: it stays, and so does what is recorded, until they sign in again. */
export function SignedOut() {
  const t = useTranslations('app.signedOut')
  return (
    <div
      role="status"
      className="flex min-h-14 flex-wrap items-center gap-x-4 gap-y-2 border-b border-warn/40 bg-warn-tint px-4 py-2 text-sm sm:px-6"
    >
      <LogIn aria-hidden className="size-4 shrink-0 text-warn" />
      <p className="min-w-0 flex-1">
        <span className="font-medium">{t('title')}</span> {t('text')}
      </p>
      <ButtonLink href={signInAddress()}>{t('signIn')}</ButtonLink>
    </div>
  )
}
