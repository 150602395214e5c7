'use client'
import { evidenceMessages } from '@opsflow/capabilities/evidence/web'
import { peopleInSpanish } from '@opsflow/capabilities/people/web'
import { tasksMessages } from '@opsflow/capabilities/tasks/web'
import { temperatureMessages } from '@opsflow/capabilities/temperature/web'
import { together, messages as uiMessages, usePreferences } from '@opsflow/platform/web'
import { type ReactNode, useEffect, useState } from 'react'
import { IntlProvider } from 'use-intl'
import english from '../messages/en.json'

export type Locale = 'en' | 'es'

const faces = [uiMessages, temperatureMessages, tasksMessages, evidenceMessages]
type Words = NonNullable<Parameters<typeof IntlProvider>[0]['messages']>

const englishWords: Words = together(english, ...faces.map((face) => face.en))

/** The words of the chosen language. English is prerendered; another is fetched before anything is shown in it. */
export function WordsProvider({ children }: { children: ReactNode }) {
  const locale = useLocaleChoice()
  const [spanish, setSpanish] = useState<Words>()

  useEffect(() => {
    if (locale === 'es' && !spanish) void fetchSpanish().then(setSpanish, () => setSpanish(englishWords))
  }, [locale, spanish])

  const shown = locale === 'es' && spanish ? { locale, messages: spanish } : { locale: 'en', messages: englishWords }
  useEffect(() => {
    document.documentElement.lang = shown.locale
    if (shown.locale === locale) document.documentElement.removeAttribute('data-awaits-language')
  }, [shown.locale, locale])

  return (
    <IntlProvider {...shown} timeZone={ownTimeZone()}>
      {children}
    </IntlProvider>
  )
}

/** Chosen on this device, else the browser's, else English. Prerendered pages are English. */
export function useLocaleChoice(): Locale {
  const { locale } = usePreferences()
  const [fromBrowser, setFromBrowser] = useState<Locale>('en')
  useEffect(() => {
    if (navigator.language.startsWith('es')) setFromBrowser('es')
  }, [])
  return locale ?? fromBrowser
}

async function fetchSpanish(): Promise<Words> {
  const [own, ...parts] = await Promise.all([
    import('../messages/es.json'),
    peopleInSpanish(),
    ...faces.map((face) => face.es()),
  ])
  return together(own.default, ...parts.map((part) => part.default))
}

const ownTimeZone = () => (typeof window === 'undefined' ? 'UTC' : Intl.DateTimeFormat().resolvedOptions().timeZone)
