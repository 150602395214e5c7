'use client'
import { useSignOut } from '@opsflow/capabilities/people/client'
import { Menu, prefer, usePreferences } from '@opsflow/platform/web'
import { LogOut, ShieldCheck } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { rememberOrganization } from './choice.ts'
import { useGo } from './links.tsx'
import { useSignedIn } from './session.ts'
import { useLocaleChoice } from './words.tsx'

/** Who is signed in, how this device shows things, and the way out. */
export function AccountMenu() {
  const t = useTranslations('app.account')
  const router = useRouter()
  const go = useGo()
  const { member } = useSignedIn()
  const preferences = usePreferences()
  const locale = useLocaleChoice()
  const signOut = useSignOut()
  const leave = () =>
    signOut.mutate(undefined, {
      onSuccess() {
        rememberOrganization(undefined)
        router.replace('/sign-in')
      },
    })
  return (
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
              onSelect: () => prefer({ theme }),
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
              onSelect: () => prefer({ density: preferences.density === 'kitchen' ? undefined : 'kitchen' }),
            },
          ],
        },
        {
          id: 'language',
          items: (['en', 'es'] as const).map((one) => ({
            id: one,
            label: languageNames[one],
            checked: locale === one,
            onSelect: () => prefer({ locale: one }),
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
          ],
        },
        { id: 'leave', items: [{ id: 'out', label: t('signOut'), icon: <LogOut aria-hidden />, onSelect: leave }] },
      ]}
    >
      <span
        aria-hidden
        className="flex size-8 items-center justify-center rounded-full bg-accent-tint text-xs font-semibold text-accent-ink ring-1 ring-accent/30"
      >
        {initials(member.name)}
      </span>
    </Menu>
  )
}

/** Each language in its own words, whatever the screen speaks. */
const languageNames = { en: 'English', es: 'Español' }

const roleName = (role: string) => role.replace('org:', '') as 'admin' | 'manager' | 'member'

const initials = (name: string) =>
  name
    .split(/\s+/)
    .map((word) => word[0])
    .filter((_, index, all) => index === 0 || index === all.length - 1)
    .join('')
    .toUpperCase()
