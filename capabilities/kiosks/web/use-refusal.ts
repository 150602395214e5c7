'use client'
import { ApiProblem } from '@opsflow/platform/client/api'
import { useFormatter, useTranslations } from 'use-intl'

const known = [
  'pin_wrong',
  'pin_locked',
  'guarded',
  'locked',
  'pin_weak',
  'pin_unchanged',
  'code_unknown',
  'exceeds_own',
  'revoked',
] as const

/** Why it was refused, in words chosen by the refusal's code; of a lock, until when. */
export function useRefusal(): (error: unknown) => string {
  const t = useTranslations('kiosks.refusal')
  const format = useFormatter()
  return (error) => {
    if (!(error instanceof ApiProblem)) return t('unreachable')
    const codes = [error.code, ...(error.problem.errors ?? []).map(({ code }) => code)]
    const key = known.find((one) => codes.includes(`kiosks.${one}`))
    const end = error.problem.errors?.find(({ code }) => /pin_locked|guarded/.test(code))?.message
    const time = end ? format.dateTime(new Date(end), { hour: 'numeric', minute: '2-digit' }) : ''
    return key ? t(key, { time }) : error.message
  }
}
