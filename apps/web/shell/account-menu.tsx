'use client'
import { useChangePreferences } from '@opsflow/capabilities/people/client'
import { Avatar, Menu, usePreferences } from '@opsflow/platform/web'
import { Download, KeyRound, LogOut, ShieldCheck, SlidersHorizontal } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import { askForInstall, useWayToInstall } from './install.ts'
import { useGo } from './links.tsx'
import { useSignedIn } from './session.ts'
import { useLocaleChoice } from './words.tsx'

/** Its code comes when someone goes. */
const Leave = lazy(() => import('./leave.tsx'))

/** Who is signed in, how this device shows things, and the way out. */
export function AccountMenu() {
  const t = useTranslations('app.account')
  const go = useGo()
  const { member } = useSignedIn()
  const preferences = usePreferences()
  const locale = useLocaleChoice()
  const change = useChangePreferences().mutate
  const [leaving, setLeaving] = useState(false)
  const canInstall = useWayToInstall() !== undefined
  return (
    <>
      <Menu
        label={t('label', { name: member.name })}
        align="end"
        className="ms-1 inline-flex size-target items-center justify-center rounded-full hover:bg-sunken"
        sections={[
          {
            id: 'theme',
            label: (
              <>
                <span className="block text-sm font-semibold text-ink">{member.name}</span>
                {member.role && t(`roles.${roleName(member.role)}`)}
              </>
            ),
            items: [
              ...([undefined, 'light', 'dark', 'contrast'] as const).map((theme) => ({
                id: theme ?? 'system',
                label: t(`themes.${theme ?? 'system'}`),
                checked: preferences.theme === theme,
                onSelect: () => change({ theme: theme ?? 'system' }),
              })),
            ],
          },
          {
            id: 'density',
            items: [
              {
                id: 'kitchen',
                label: t('kitchen'),
                hint: t('kitchenHint'),
                checked: preferences.density === 'kitchen',
                onSelect: () => change({ density: preferences.density === 'kitchen' ? 'desk' : 'kitchen' }),
              },
            ],
          },
          {
            id: 'language',
            items: (['en', 'es'] as const).map((one) => ({
              id: one,
              label: languageNames[one],
              checked: locale === one,
              onSelect: () => change({ language: one }),
            })),
          },
          {
            id: 'account',
            items: [
              {
                id: 'security',
                label: t('security'),
                icon: <ShieldCheck aria-hidden />,
                onSelect: () => go.to('/settings/account'),
              },
              {
                id: 'settings',
                label: t('settings'),
                icon: <SlidersHorizontal aria-hidden />,
                onSelect: () => go.to('/settings/preferences'),
              },
              {
                id: 'pin',
                label: t('pin'),
                icon: <KeyRound aria-hidden />,
                onSelect: () => go.to('/settings/pin'),
              },
            ],
          },
          ...(canInstall
            ? [
                {
                  id: 'install',
                  items: [
                    { id: 'install', label: t('install'), icon: <Download aria-hidden />, onSelect: askForInstall },
                  ],
                },
              ]
            : []),
          {
            id: 'leave',
            items: [{ id: 'out', label: t('signOut'), icon: <LogOut aria-hidden />, onSelect: () => setLeaving(true) }],
          },
        ]}
      >
        <Avatar name={member.name} />
      </Menu>
      {leaving && (
        <Suspense>
          <Leave onStay={() => setLeaving(false)} />
        </Suspense>
      )}
    </>
  )
}

/** Each language in its own words, whatever the screen speaks. */
const languageNames = { en: 'English', es: 'Español' }

const roleName = (role: string) => role.replace('org:', '') as 'admin' | 'manager' | 'member'
