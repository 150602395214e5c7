'use client'
import { TriangleAlert } from 'lucide-react'
import { useTranslations } from 'use-intl'

/** Why a form was refused, in words chosen by the refusal's code. */
export function RefusalText({ error }: { error: unknown }) {
  const t = useTranslations('people.refusal')
  const code = (error as { code?: string; name?: string }).code?.replace('people.', '') ?? ''
  const known = [
    'sign_in_failed',
    'already_founded',
    'scope_exceeds_own',
    'expiry_past',
    'too_many',
    'exceeds_own',
    'holds_more',
    'last_admin',
    'role_changed',
    'role_held',
    'role_name_taken',
    'too_many_roles',
    'not_oneself',
    'admin_everywhere',
    'email_of_account',
    'code_wrong',
    'code_locked',
    'passkey_refused',
    'password_known',
    'link_unknown',
    'email_taken',
    'mail_off',
    'signs_in_elsewhere',
  ] as const
  const key = known.find((one) => one === code)
  const text = key ? t(key) : (error as Error).name === 'Unreachable' ? t('unreachable') : (error as Error).message
  return (
    <p
      role="alert"
      className="flex items-start gap-2.5 rounded-lg border border-danger/40 bg-danger-tint px-3.5 py-3 text-sm"
    >
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-danger" />
      {text}
    </p>
  )
}
