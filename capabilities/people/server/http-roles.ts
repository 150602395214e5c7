import type { Handlers } from '@opsflow/platform/server/http/implement'
import {
  isOrganizationWide,
  isPermission,
  PERMISSIONS,
  type peopleRoutes,
  permissionCatalogue,
  ROLES,
  type Role,
  rolePermissions,
} from '../index.ts'
import { archiveRole, changeRole, makeRole } from './custom-roles.ts'
import { HOLDERS_OF_BUILT_IN, ROLES_OF_ORGANIZATION, type RoleRow } from './store-roles.ts'

export const roleHandlers = {
  'GET /permissions': () => ({
    items: PERMISSIONS.map((name) => ({
      name,
      meaning: permissionCatalogue[name],
      organizationWide: isOrganizationWide(name),
    })),
  }),
  'GET /roles': async ({ actor, readBatch }) => {
    const params = [actor.tenantId, actor.organizationId]
    const [custom, held] = (await readBatch([
      { sql: ROLES_OF_ORGANIZATION, params },
      { sql: HOLDERS_OF_BUILT_IN, params },
    ])) as [(RoleRow & { holders: number })[], { role: Role; holders: number }[]]
    return {
      builtIn: ROLES.map((role) => ({
        role,
        permissions: [...rolePermissions[role]],
        holders: held.find((one) => one.role === role)?.holders ?? 0,
      })),
      items: custom.map((role) => ({ ...role, permissions: role.permissions.filter(isPermission) })),
    }
  },
  'POST /roles': ({ actor, body, write }) => write((tx) => makeRole(tx, actor, body)),
  'PATCH /roles/{id}': ({ actor, params: { id }, body, write }) => write((tx) => changeRole(tx, actor, id, body)),
  'DELETE /roles/{id}': ({ actor, params: { id }, write }) => write((tx) => archiveRole(tx, actor, id)),
} satisfies Partial<Handlers<typeof peopleRoutes>>
