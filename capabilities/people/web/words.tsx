'use client'
import { useTranslations } from 'use-intl'
import type { GrantView } from '../grant.ts'
import type { Role } from '../role-schema.ts'
import { PERMISSIONS, type Permission, permissionCatalogue } from '../roles.ts'

/** A role as people call it: a built-in one in their language, one of the organization's own by its name. */
export function useRoleName() {
  const t = useTranslations('people.roleNames')
  return ({ role, roleName }: { role: Role | null; roleName?: string | null }) =>
    role ? t(role.replace('org:', '') as 'admin') : (roleName ?? '')
}

/** Where a grant holds. */
export function usePlaceName() {
  const t = useTranslations('people.places')
  return ({ groupId, locationId, placeName }: Pick<GrantView, 'groupId' | 'locationId' | 'placeName'>) => {
    if (groupId) return t('group', { name: placeName ?? '' })
    if (!locationId) return t('organization')
    return placeName ?? t('elsewhere')
  }
}

/** What a permission means, in the reader's language. */
export function usePermissionMeaning() {
  const t = useTranslations('people.permissions')
  return (permission: Permission) => (t.has(permission) ? t(permission) : permissionCatalogue[permission])
}

/** The catalogue by the capability that declares it, in its order. */
export const permissionGroups: readonly { id: string; permissions: readonly Permission[] }[] = [
  ...new Set(PERMISSIONS.map((permission) => permission.split('.')[0] as string)),
].map((id) => ({ id, permissions: PERMISSIONS.filter((permission) => permission.startsWith(`${id}.`)) }))

export function useGroupName() {
  const t = useTranslations('people.permissionGroups')
  return (id: string) => (t.has(id) ? t(id) : id)
}
