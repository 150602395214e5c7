'use client'
import { type ReactNode, useEffect, useState } from 'react'
import { IntlProvider, useLocale, useMessages, useTimeZone } from 'use-intl'
import { type FaceMessages, together } from './messages.ts'

/**
 * Words that only some pages need, so that the others do not carry them. What is inside stays in place when the
 * language changes: half-typed work must not go with it.
 */
export function MoreWords({ of, children }: { of: FaceMessages; children: ReactNode }) {
  const locale = useLocale()
  const messages = useMessages()
  const timeZone = useTimeZone() ?? 'UTC'
  const [spanish, setSpanish] = useState<object>()
  useEffect(() => {
    if (locale === 'es' && !spanish)
      void of.es().then(
        (words) => setSpanish(words.default),
        () => setSpanish(of.en),
      )
  }, [locale, spanish, of])
  // Until its Spanish is here, what the chosen language already says is kept.
  const words = locale === 'es' ? together(of.en, messages, spanish ?? {}) : together(messages, of.en)
  return (
    <IntlProvider locale={locale} messages={words} timeZone={timeZone}>
      {children}
    </IntlProvider>
  )
}
