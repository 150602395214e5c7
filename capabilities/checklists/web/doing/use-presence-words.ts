'use client'
import { useTranslations } from 'use-intl'
import type { Presence } from '../../presence.ts'

/** What it came to, and by what: “At the place · QR code “Back door””. */
export function usePresenceWords() {
  const t = useTranslations('doing.presence')
  const how = ({ method, codeLabel, codeEnd, distanceMetres, accuracyMetres }: Presence) => {
    if (method === 'position') return t('byPosition', { distance: distanceMetres ?? 0, accuracy: accuracyMetres ?? 0 })
    return codeLabel ? t('byCode', { label: codeLabel }) : t('byCodeEnd', { end: codeEnd ?? '' })
  }
  return { verdict: ({ verdict }: Presence) => t(`verdict.${verdict}`), how }
}
