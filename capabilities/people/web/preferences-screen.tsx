'use client'
import { Choices, PageHeader, Panel, Temperature, usePreferences, useToast } from '@opsflow/platform/web'
import type { ReactNode } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import { useChangePreferences } from '../client/index.ts'
import type { Preferences, PreferencesChange } from '../preferences.ts'
import { PushCard } from './push-card.tsx'

/** Each language in its own words, whatever the screen speaks. */
const languages = [
  { value: 'en', label: <span lang="en">English</span> },
  { value: 'es', label: <span lang="es">Español</span> },
] as const

/** How one likes one's screens. It goes along to every device one signs in to. */
export function PreferencesScreen({
  preferences,
  memberId,
  children,
}: {
  preferences: Preferences
  memberId: string
  /** What other capabilities let people set for themselves. */
  children?: ReactNode
}) {
  const t = useTranslations('people.preferences')
  const language = useLocale() as 'en' | 'es'
  const device = usePreferences()
  const save = useChangePreferences()
  const toast = useToast()
  const change = (next: PreferencesChange) =>
    save.mutate(next, { onError: () => toast({ message: t('failed'), tone: 'danger' }) })
  return (
    <>
      <PageHeader title={t('title')} text={t('text')} />
      <div className="grid max-w-4xl grid-cols-1 gap-4">
        <Panel title={t('language')}>
          <Choices
            label={t('languageText')}
            name="language"
            value={language}
            onChange={(value) => change({ language: value })}
            options={languages}
          />
        </Panel>
        <Panel title={t('appearance')}>
          <div className="grid gap-6">
            <Choices
              label={t('theme')}
              name="theme"
              value={preferences.theme ?? device.theme ?? 'system'}
              onChange={(theme) => change({ theme })}
              columns="grid-cols-2 lg:grid-cols-4"
              options={(['system', 'light', 'dark', 'contrast'] as const).map((value) => ({
                value,
                label: t(`themes.${value}`),
              }))}
            />
            <Choices
              label={t('density')}
              name="density"
              value={preferences.density ?? device.density ?? 'desk'}
              onChange={(density) => change({ density })}
              columns="grid-cols-1 sm:grid-cols-2"
              options={(['desk', 'kitchen'] as const).map((value) => ({
                value,
                label: t(`densities.${value}`),
                hint: t(`densityHints.${value}`),
              }))}
            />
          </div>
        </Panel>
        <Panel title={t('temperature')}>
          <Choices
            label={t('temperatureText')}
            name="temperatureUnit"
            value={preferences.temperatureUnit ?? 'location'}
            onChange={(value) => change({ temperatureUnit: value === 'location' ? null : value })}
            columns="grid-cols-1 sm:grid-cols-3"
            options={[
              { value: 'location', label: t('asLocation'), hint: t('asLocationHint') },
              { value: 'C', label: t('celsius'), hint: <Temperature value={{ milli: 4000, unit: 'C', text: '4' }} /> },
              { value: 'F', label: t('fahrenheit'), hint: <Temperature value={{ milli: 39_200, unit: 'F' }} /> },
            ]}
          />
        </Panel>
        <PushCard memberId={memberId} />
        {children}
      </div>
    </>
  )
}
