'use client'
import { Button, prefer } from '@opsflow/platform/web'
import { useLocale, useTranslations } from 'use-intl'

type Locale = 'en' | 'es'
const key = 'opsflow.tablet-languages'

/** The language each person last chose on this tablet; it goes when the tablet is wiped. */
export function languageOf(memberId: string): Locale | undefined {
  return read()[memberId]
}

function read(): Record<string, Locale> {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '{}') as Record<string, Locale>
  } catch {
    return {}
  }
}

/** Two languages: the other one, in its own words. Of a person it is remembered; of nobody it is the tablet's. */
export function LanguageButton({ memberId }: { memberId?: string }) {
  const t = useTranslations('kiosks.tablet')
  const other: Locale = useLocale() === 'en' ? 'es' : 'en'
  return (
    <Button
      look="quiet"
      lang={other}
      onClick={() => {
        if (memberId) localStorage.setItem(key, JSON.stringify({ ...read(), [memberId]: other }))
        prefer({ locale: other })
      }}
    >
      {t('language')}
    </Button>
  )
}
