'use client'
import { useChangePreferences } from '@opsflow/capabilities/people/client'
import { useBoard } from '@opsflow/capabilities/temperature/client'
import { type Command, CommandPalette, IconButton, type NavigationGroup } from '@opsflow/platform/web'
import { MapPin, Refrigerator, Search, SunMoon, Thermometer } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { chooseLocation } from './choice.ts'
import { useGo } from './links.tsx'
import { useSignedIn } from './session.ts'

/** Everything that can be gone to or done, by typing. */
export function Commands({ navigation }: { navigation: readonly NavigationGroup[] }) {
  const t = useTranslations('app.commands')
  const go = useGo()
  const change = useChangePreferences().mutate
  const { locations } = useSignedIn()
  const { snapshot } = useBoard()
  const nameOf = new Map(locations.map((location) => [location.id, location.name]))

  const commands = (): Command[] => [
    {
      id: 'log',
      label: t('log'),
      group: t('actions'),
      icon: <Thermometer aria-hidden />,
      run: () => go.to('/temperature/log'),
    },
    ...navigation
      .flatMap((group) => group.items)
      .map((item) => ({
        id: item.href,
        label: item.label,
        group: t('pages'),
        icon: item.icon,
        run: () => go.to(item.href),
      })),
    ...locations.map((location) => ({
      id: location.id,
      label: location.name,
      group: t('locations'),
      icon: <MapPin aria-hidden />,
      run: () => chooseLocation(location.id),
    })),
    ...(['light', 'dark', 'contrast'] as const).map((theme) => ({
      id: theme,
      label: t(`themes.${theme}`),
      group: t('appearance'),
      icon: <SunMoon aria-hidden />,
      run: () => change({ theme }),
    })),
    ...(snapshot?.units ?? []).map((unit) => ({
      id: unit.unitId,
      label: unit.name,
      hint: nameOf.get(unit.locationId) ?? '',
      group: t('units'),
      icon: <Refrigerator aria-hidden />,
      run: () => go.to(`/temperature/unit?id=${unit.unitId}`),
    })),
  ]

  return (
    <CommandPalette commands={commands}>
      {(open) => <IconButton label={t('open')} icon={<Search aria-hidden />} onClick={open} />}
    </CommandPalette>
  )
}
