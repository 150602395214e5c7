'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Combobox, Field, Select } from '@opsflow/platform/web'
import { Check } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { type PlaceChoice, placeIn, usePlaceChoices, useRoles } from '../client/index.ts'
import type { Role } from '../role-schema.ts'
import { isOrganizationWide, type Permission, ROLES, rolePermissions } from '../roles.ts'
import { usePermissionMeaning, useRoleName } from './words.tsx'

/** Which role, and where: as the fields of a form hold it. */
export type RoleAndPlace = { role: string; place: string | undefined }

export const isBuiltIn = (role: string): role is Role => (ROLES as readonly string[]).includes(role)

export const grantOf = ({ role, place }: { role: string; place: string }) => ({
  ...(isBuiltIn(role) ? { role } : { roleId: role }),
  ...placeIn(role === 'org:admin' ? 'organization' : place),
})

/** The two questions of a grant, and below them in plain words what the answer means. */
export function RoleAndPlaceFields({
  value,
  onChange,
  organization,
  name,
}: {
  value: RoleAndPlace
  onChange: (value: RoleAndPlace) => void
  organization: string
  name: string
}) {
  const t = useTranslations('people.give')
  const viewer = useViewer()
  const roleName = useRoleName()
  const roles = useRoles()
  const places = usePlaceChoices(organization)
  const custom = roles.data?.items ?? []
  const permissions = isBuiltIn(value.role)
    ? rolePermissions[value.role]
    : (custom.find(({ id }) => id === value.role)?.permissions ?? [])
  const atOnce = value.role === 'org:admin'
  const chosen = atOnce
    ? places.find(({ kind }) => kind === 'organization')
    : places.find((one) => one.value === value.place)
  const mayBeAdmin = viewer.canEverywhere('roles.manage') && viewer.canEverywhere('keys.manage')
  return (
    <>
      <Field label={t('role')}>
        <Select value={value.role} onChange={(event) => onChange({ ...value, role: event.target.value })}>
          <optgroup label={t('builtIn')}>
            {[...ROLES]
              .reverse()
              .filter((role) => role !== 'org:admin' || mayBeAdmin)
              .map((role) => (
                <option key={role} value={role}>
                  {roleName({ role })}
                </option>
              ))}
          </optgroup>
          {custom.length > 0 && (
            <optgroup label={t('own')}>
              {custom.map(({ id, name: own }) => (
                <option key={id} value={id}>
                  {own}
                </option>
              ))}
            </optgroup>
          )}
        </Select>
      </Field>
      <Field label={t('place')} hint={atOnce ? t('adminEverywhere') : t('placeHint')}>
        {atOnce ? (
          <Select disabled value="organization">
            <option value="organization">{organization}</option>
          </Select>
        ) : (
          <Combobox
            options={places.map((one) => ({ ...one, hint: t(`kinds.${one.kind}`) }))}
            value={value.place}
            onChange={(place) => onChange({ ...value, place })}
            placeholder={t('choosePlace')}
          />
        )}
      </Field>
      {chosen && <Meaning name={name} place={chosen} permissions={permissions} />}
    </>
  )
}

function Meaning({
  name,
  place,
  permissions,
}: {
  name: string
  place: PlaceChoice
  permissions: readonly Permission[]
}) {
  const t = useTranslations('people.give')
  const meaning = usePermissionMeaning()
  const given = place.kind === 'organization' ? permissions : permissions.filter((one) => !isOrganizationWide(one))
  return (
    <section aria-live="polite" className="rounded-xl border border-line bg-sunken px-4 py-3">
      <p className="text-sm font-medium">
        {t(`means.${place.kind}`, { name: name || t('someone'), place: place.label })}
      </p>
      <ul className="mt-2 grid gap-1.5 text-sm text-ink-muted">
        {given.map((permission) => (
          <li key={permission} className="flex gap-2">
            <Check aria-hidden className="mt-0.5 size-4 shrink-0 text-ok" />
            {meaning(permission)}
          </li>
        ))}
      </ul>
    </section>
  )
}
