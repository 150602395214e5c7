'use client'
import { useErrorText } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'

const known = [
  'rule_unknown',
  'dates_wrong',
  'corrected_already',
  'not_running',
  'not_frozen',
  'frozen_already',
  'disposition_wrong',
  'reason_missing',
  'nothing_to_verify',
  'verified_by_participant',
  'probe_retired',
  'probe_name_taken',
  'probe_unknown',
] as const

/** Why something about a process was not done, in the kitchen's words. */
export function useProcessReason() {
  const t = useTranslations('processes.reasons')
  return (code: string | null | undefined, detail: string | null | undefined) => {
    const one = known.find((name) => code === `processes.${name}`)
    return one ? t(one) : (detail ?? t('other'))
  }
}

export function RefusalText({ error }: { error: unknown }) {
  const reason = useProcessReason()
  const errorText = useErrorText()
  const { code, problem, details } = error as {
    code?: string
    problem?: { code: string; detail: string }
    details?: { detail?: string }
  }
  return (
    <p role="alert" className="text-sm font-medium text-danger">
      {reason(problem?.code ?? code, problem?.detail ?? details?.detail ?? errorText(error as Error))}
    </p>
  )
}
