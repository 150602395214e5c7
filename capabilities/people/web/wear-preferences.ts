'use client'
import { prefer } from '@opsflow/platform/web'
import { useEffect } from 'react'
import type { Preferences } from '../preferences.ts'

/**
 * What someone chose on another device holds on this one, from the first paint of the next visit on. What they never
 * chose stays as the device has it.
 */
export function useWornPreferences(preferences: Preferences | undefined) {
  const { language, theme, density } = preferences ?? {}
  useEffect(() => {
    if (!language && !theme && !density) return
    prefer({
      ...(language && { locale: language }),
      ...(theme && { theme: theme === 'system' ? undefined : theme }),
      ...(density && { density: density === 'desk' ? undefined : density }),
    })
  }, [language, theme, density])
}
