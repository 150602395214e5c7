'use client'
import { TriangleAlert } from 'lucide-react'
import { useTranslations } from 'use-intl'

const known = [
  'action_already_closed',
  'response_missing',
  'recheck_missing',
  'recheck_unjudgeable',
  'already_verified',
  'verifier_must_differ',
  'unit_name_taken',
  'sensor_external_id_taken',
  'file_not_utf8',
  'file_not_csv',
  'file_empty',
  'file_too_long',
  'import_several_sensors',
] as const

/** Why it was refused, in words chosen by the refusal's code; the server's sentence where we have none. */
export function RefusalText({ error }: { error: unknown }) {
  const t = useTranslations('temperature.refusal')
  const { code, name, message } = error as { code?: string; name: string; message: string }
  const key = known.find((one) => code === `temperature.${one}`)
  return (
    <p
      role="alert"
      className="flex items-start gap-2.5 rounded-lg border border-danger/40 bg-danger-tint px-3.5 py-3 text-sm"
    >
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-danger" />
      {key ? t(key) : name === 'Unreachable' ? t('unreachable') : message}
    </p>
  )
}
