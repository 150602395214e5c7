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
  'action_not_closed',
  'alarm_closed',
  'unit_retired',
  'unit_name_taken',
  'sensor_external_id_taken',
  'file_not_utf8',
  'file_not_csv',
  'file_empty',
  'file_too_long',
  'import_several_sensors',
] as const

/** Words chosen by a refusal's code; its own sentence where we have none. */
export function useReason() {
  const t = useTranslations('temperature.refusal')
  return (code: string | null | undefined, sentence: string) => {
    const key = code === 'evidence.missing' ? 'evidence_missing' : known.find((one) => code === `temperature.${one}`)
    return key ? t(key) : sentence
  }
}

/** Why it was refused, and what to do; what was typed is still there. */
export function RefusalText({ error }: { error: unknown }) {
  const t = useTranslations('temperature.refusal')
  const reason = useReason()
  const { code, name, message } = error as { code?: string; name: string; message: string }
  const own = name === 'Unreachable' ? t('unreachable') : name === 'DeviceFull' ? t('deviceFull') : undefined
  return (
    <p
      role="alert"
      className="flex items-start gap-2.5 rounded-lg border border-danger/40 bg-danger-tint px-3.5 py-3 text-sm"
    >
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-danger" />
      {own ?? reason(code, message)}
    </p>
  )
}
