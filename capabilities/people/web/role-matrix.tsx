'use client'
import { Table, Td, Th, Tr } from '@opsflow/platform/web'
import { Check, Minus } from 'lucide-react'
import { Fragment } from 'react'
import { useTranslations } from 'use-intl'
import type { BuiltInRole, CustomRole } from '../custom-role.ts'
import type { Permission } from '../roles.ts'
import { permissionGroups, useGroupName, usePermissionMeaning, useRoleName } from './words.tsx'

/** Every permission against every role, by what it is about. */
export function RoleMatrix({ builtIn, custom }: { builtIn: readonly BuiltInRole[]; custom: readonly CustomRole[] }) {
  const t = useTranslations('people.roles')
  const roleName = useRoleName()
  const groupName = useGroupName()
  const meaning = usePermissionMeaning()
  const roles = [
    ...builtIn.map((role) => ({
      id: role.role,
      name: roleName(role),
      permissions: new Set<Permission>(role.permissions),
    })),
    ...custom.map(({ id, name, permissions }) => ({ id, name, permissions: new Set<Permission>(permissions) })),
  ]
  return (
    <Table label={t('matrix')}>
      <thead>
        <tr>
          <Th className="sticky start-0 z-10 bg-surface">{t('permission')}</Th>
          {roles.map(({ id, name }) => (
            <Th key={id} className="text-center">
              {name}
            </Th>
          ))}
        </tr>
      </thead>
      <tbody>
        {permissionGroups.map(({ id, permissions }) => (
          <Fragment key={id}>
            <tr className="border-b border-line bg-sunken">
              <th scope="colgroup" colSpan={roles.length + 1} className="px-4 py-2 text-start font-semibold sm:px-5">
                <span className="sticky start-4 sm:start-5">{groupName(id)}</span>
              </th>
            </tr>
            {permissions.map((permission) => (
              <Tr key={permission}>
                <th
                  scope="row"
                  className="sticky start-0 z-10 h-12 max-w-56 min-w-44 bg-surface px-4 py-1.5 text-start font-normal sm:max-w-none sm:min-w-72 sm:px-5"
                >
                  {meaning(permission)}
                </th>
                {roles.map((role) => (
                  <Td key={role.id} className="text-center">
                    <Cell holds={role.permissions.has(permission)} />
                  </Td>
                ))}
              </Tr>
            ))}
          </Fragment>
        ))}
      </tbody>
    </Table>
  )
}

function Cell({ holds }: { holds: boolean }) {
  const t = useTranslations('people.roles')
  const Shape = holds ? Check : Minus
  return (
    <>
      <Shape aria-hidden className={holds ? 'inline size-5 text-ok' : 'inline size-4 text-ink-muted'} />
      <span className="sr-only">{holds ? t('yes') : t('no')}</span>
    </>
  )
}
