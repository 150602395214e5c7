'use client'
import { ApiProblem } from '@opsflow/platform/client/api'
import { Refusal } from '@opsflow/platform/refusal'
import { useCallback } from 'react'
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
  'pin_temporary',
  'offline_never_here',
  'offline_too_long',
  'offline_pin_changed',
  'offline_not_listed',
] as const

/** Why it was refused, in words chosen by the refusal's code; of a lock, until when. */
export function useRefusal(): (error: unknown) => string {
  const t = useTranslations('kiosks.refusal')
  const format = useFormatter()
  const words = (error: unknown) => {
    if (error instanceof Refusal) return ownWords(error)
    if (!(error instanceof ApiProblem)) return t('unreachable')
    const codes = [error.code, ...(error.problem.errors ?? []).map(({ code }) => code)]
    const key = known.find((one) => codes.includes(`kiosks.${one}`))
    const end = error.problem.errors?.find(({ code }) => /pin_locked|guarded/.test(code))?.message
    const time = end ? format.dateTime(new Date(end), { hour: 'numeric', minute: '2-digit' }) : ''
    return key ? t(key, { time }) : error.message
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it says depends on the language alone
  return useCallback(words, [t, format])

  /** What the tablet decided alone: a lock counts in minutes that it is on, since its clock may be wrong. */
  function ownWords({ code, details }: Refusal) {
    const minutes = Math.ceil((details.retryAfterSeconds ?? 0) / 60)
    if (code === 'kiosks.pin_locked') return t('offline_locked', { minutes })
    if (code === 'kiosks.guarded') return t('offline_guarded', { minutes })
    const key = known.find((one) => code === `kiosks.${one}`)
    return key ? t(key, { time: '' }) : t('unreachable')
  }
}
