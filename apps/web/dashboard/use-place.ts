import { useTranslations } from 'use-intl'
import type { Board } from './board-of.ts'

/** The one location by its name, several by their number. */
export function usePlace({ locations }: Board) {
  const t = useTranslations('app.dashboard')
  const only = locations.length === 1 ? locations[0] : undefined
  return only?.name ?? t('places', { count: locations.length })
}
