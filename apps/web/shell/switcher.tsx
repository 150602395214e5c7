'use client'
import { withOrganization } from '@opsflow/platform/organization-path'
import { Menu } from '@opsflow/platform/web'
import { ChevronsUpDown } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { chooseLocation } from './choice.ts'
import { nameInAddress, useScope, useSignedIn } from './session.ts'

/** Which organization, and which of its locations, the screens are about. */
export function Switcher() {
  const t = useTranslations('app.switcher')
  const session = useSignedIn()
  const scope = useScope()
  const place = scope?.name ?? t('all', { count: session.locations.length })
  return (
    <Menu
      label={t('label', { organization: session.organization.name, location: place })}
      className="flex min-h-target max-w-full items-center gap-2 rounded-lg px-2.5 text-start transition-colors hover:bg-sunken"
      sections={[
        {
          id: 'locations',
          label: t('locations'),
          items: [
            ...(session.locations.length > 1
              ? [
                  {
                    id: 'all',
                    label: t('all', { count: session.locations.length }),
                    checked: !scope,
                    onSelect: () => chooseLocation(undefined),
                  },
                ]
              : []),
            ...session.locations.map((location) => ({
              id: location.id,
              label: location.name,
              checked: scope?.id === location.id,
              onSelect: () => chooseLocation(location.id),
            })),
          ],
        },
        ...(session.organizations.length > 1
          ? [
              {
                id: 'organizations',
                label: t('organizations'),
                items: session.organizations.map((organization) => ({
                  id: organization.id,
                  label: organization.name,
                  checked: organization.id === session.organization.id,
                  // The whole document goes: nothing that was fetched for one organization is there in the other.
                  onSelect: () =>
                    location.assign(withOrganization('/dashboard', nameInAddress(organization, session.organizations))),
                })),
              },
            ]
          : []),
      ]}
    >
      <span className="min-w-0 leading-tight">
        <span className="block truncate text-xs text-ink-muted">{session.organization.name}</span>
        <span className="block truncate text-[0.9375rem] font-semibold tracking-[-0.01em]">{place}</span>
      </span>
      <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-ink-muted" />
    </Menu>
  )
}
