'use client'
import { Button, prefer } from '@opsflow/platform/web'
import { useLocaleChoice } from './words.tsx'

/** The language is chosen before anyone is known. */
export function DoorTools() {
  const locale = useLocaleChoice()
  return (
    <Button
      look="quiet"
      lang={locale === 'en' ? 'es' : 'en'}
      onClick={() => prefer({ locale: locale === 'en' ? 'es' : 'en' })}
    >
      {locale === 'en' ? 'Español' : 'English'}
    </Button>
  )
}
