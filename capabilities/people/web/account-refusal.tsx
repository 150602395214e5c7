'use client'
import { ApiProblem } from '@opsflow/platform/client/api'
import { useTranslations } from 'use-intl'
import { RefusalText } from './refusal-text.tsx'

const codes = [
  'sign_in_failed',
  'code_required',
  'code_wrong',
  'code_locked',
  'password_known',
  'email_taken',
  'email_unverified',
  'mail_off',
  'link_unknown',
  'passkey_refused',
  'passkeys_unavailable',
  'already_member',
  'invitation_expired',
  'invitation_revoked',
  'invitation_accepted',
  'invitation_void',
  'invitation_for_another',
] as const

/** Why something about an account, or an invitation, was refused. */
export function AccountRefusal({ error }: { error: unknown }) {
  const t = useTranslations('account.refusal')
  const code = error instanceof ApiProblem ? error.code.replace('people.', '') : undefined
  const known = codes.find((one) => one === code)
  if (code === 'confirmation_required') return null // a dialog asks for it
  return <RefusalText error={known ? new Error(t(known)) : error} />
}
