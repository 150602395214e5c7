import type { Actor, Reach } from '@opsflow/platform/actor'
import { notFound } from '@opsflow/platform/refusal'
import type { Statement } from '@opsflow/platform/server/batch'
import { highestRole, noPreferences, type Organization, type Preferences, type Role, type Session } from '../index.ts'
import type { Directory, Holder } from './directory.ts'
import { SESSION_LOCATIONS, SESSION_MEMBER, SESSION_ORGANIZATION } from './store-session.ts'
import { PREFERENCES } from './store-settings.ts'

type MemberRow = {
  id: string
  name: string
  email: string | null
  userId: string | null
  roles: Role[]
  roleKeys: string[]
  rolesAt: Session['rolesAt']
}
type OrganizationRow = Session['organization'] & { tenantId: string; tenantName: string; isDemo: boolean }

/** Who is signed in, to what, and what is allowed where: one round trip in the tenant, one in the directory. */
export async function sessionView(
  actor: Actor,
  readBatch: (statements: readonly Statement[]) => Promise<unknown[][]>,
  directory: Pick<Directory, 'memberships'>,
): Promise<Session> {
  const [members, organizations, locations, preferences] = (await readBatch([
    { sql: SESSION_MEMBER, params: [actor.tenantId, actor.id] },
    { sql: SESSION_ORGANIZATION, params: [actor.tenantId, actor.organizationId] },
    { sql: SESSION_LOCATIONS, params: [actor.tenantId, actor.organizationId] },
    { sql: PREFERENCES, params: [actor.tenantId, actor.id] },
  ])) as [MemberRow[], OrganizationRow[], Session['locations'], Preferences[]]
  const { userId, roles, roleKeys, rolesAt, ...member } = members[0] ?? notFound()
  const { tenantId, tenantName, isDemo, ...organization } = organizations[0] ?? notFound()
  // A tablet belongs to one organization, whoever is at it.
  const choices = userId === null || actor.kioskId ? [] : await directory.memberships([userId])
  return {
    member: { ...member, role: highestRole(roles) ?? null },
    roles: roleKeys,
    rolesAt,
    kioskId: actor.kioskId ?? null,
    organization,
    preferences: preferences[0] ?? noPreferences,
    organizations: organizationsOf(choices),
    tenant: { id: tenantId, name: tenantName, isDemo },
    locations,
    permissions: Object.fromEntries([...actor.permissions].map(([permission, reach]) => [permission, listed(reach)])),
  }
}

/** Those one may enter, by name. */
export const organizationsOf = (holders: readonly Holder[]): Organization[] =>
  holders
    .filter(({ suspended }) => !suspended)
    .map(({ actor, organization }) => ({ id: actor.organizationId, tenantId: actor.tenantId, ...organization }))

const listed = (reach: Reach) => (reach === 'all' ? 'all' : [...reach])
