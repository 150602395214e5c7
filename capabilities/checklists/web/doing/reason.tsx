import { useTranslations } from 'use-intl'

const known = [
  'over',
  'too_late',
  'incomplete',
  'signature_needed',
  'changed_since',
  'signed',
  'took_part',
  'not_done',
  'not_empty',
  'reason_needed',
  'first_signature_missing',
  'other_signs',
  'must_be_answered',
  'too_many_entries',
  'moment_unreadable',
  'unit_needed',
  'photo_used',
  'disputed',
  'nobody_here',
  'presences_full',
] as const

type Told = { code?: string | null; message?: string; detail?: string | null; name?: string }

/** Words chosen by a refusal's code; its own sentence where we have none. */
export function useReason() {
  const t = useTranslations('doing.refusal')
  return (error: unknown): string => {
    const { code, message, detail, name } = error as Told & { details?: { errors?: { message: string }[] } }
    const [first] = (error as { details?: { errors?: { message: string }[] } }).details?.errors ?? []
    if (name === 'Unreachable') return t('unreachable')
    if (name === 'DeviceFull') return t('deviceFull')
    if (code === 'evidence.missing') return t('evidence_missing')
    const key = known.find((one) => code === `checklists.${one}`)
    if (key === 'incomplete' && first) return t('incompleteItem', { item: first.message })
    return key ? t(key) : (message ?? detail ?? t('other'))
  }
}
