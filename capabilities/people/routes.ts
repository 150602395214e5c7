import { defineRoutes, IdParams, PageQuery, page } from '@opsflow/platform/route'
import { z } from 'zod'
import { ApiKey, NewApiKey, shownOnce } from './api-key.ts'
import { BuiltInRole, CustomRole, NewRole, RoleChange } from './custom-role.ts'
import { Device, NewDevice } from './device.ts'
import { AuditEvent } from './event.ts'
import { GrantView, NewGrantOf } from './grant.ts'
import { Member, MemberChange, MemberDetail, MemberStatus, NewPerson } from './member.ts'
import { PermissionView, Role } from './role-schema.ts'
import { Organization, Session } from './session.ts'

export const peopleRoutes = defineRoutes({
  'GET /session': {
    summary: 'Who is signed in, and what is allowed where',
    tag: 'session',
    permission: 'signed-in',
    callers: ['member'],
    response: Session,
    refusals: ['people.organization_required', 'people.suspended'],
  },
  'DELETE /session': {
    summary: 'Sign out',
    description: 'Ends the session on the server. Without a session there is nothing to end, and that is fine too.',
    tag: 'session',
    permission: 'public',
    response: z.void(),
    status: 204,
  },
  'GET /organizations': {
    summary: 'Organizations the caller may choose, by name',
    tag: 'organizations',
    permission: 'organization.read',
    query: PageQuery,
    response: page(Organization),
  },
  'GET /members': {
    summary: 'People at the locations you manage, by name',
    tag: 'people',
    permission: 'people.read',
    query: PageQuery.extend({
      status: MemberStatus.default('active'),
      /** Part of a name or an email. */
      search: z.string().trim().min(1).max(200).optional(),
      role: Role.optional(),
      roleId: z.uuid().optional(),
      /** Those at work there, by a grant at it, above it, or for the whole organization. */
      locationId: z.uuid().optional(),
    }),
    response: page(Member),
  },
  'POST /members': {
    summary: 'Add someone without an account',
    description:
      'They work at shared tablets by PIN, or are invited later. Their roles follow the rule of POST /grants.',
    tag: 'people',
    permission: 'people.manage',
    callers: ['member'],
    body: NewPerson,
    response: MemberDetail,
    status: 201,
    refusals: ['people.exceeds_own', 'people.admin_everywhere'],
  },
  'GET /members/{id}': {
    summary: 'One person, with what they hold where',
    tag: 'people',
    permission: 'people.read',
    params: IdParams,
    response: MemberDetail,
  },
  'PATCH /members/{id}': {
    summary: 'Rename, suspend or remove someone, or let them back in',
    description: 'Suspended or removed, their sessions, sockets and keys end within five seconds.',
    tag: 'people',
    permission: 'people.manage',
    callers: ['member'],
    params: IdParams,
    body: MemberChange,
    response: Member.pick({ id: true, name: true, email: true, status: true }),
    refusals: ['people.not_oneself', 'people.holds_more', 'people.last_admin', 'people.email_of_account'],
  },
  'GET /grants': {
    summary: 'Who holds which role where, newest first',
    tag: 'people',
    permission: 'people.read',
    query: PageQuery.extend({ memberId: z.uuid().optional() }),
    response: page(GrantView),
  },
  'POST /grants': {
    summary: 'Give someone a role at a location, at a group and all below it, or in the whole organization',
    description:
      'Nobody gives what they do not hold at that node or above it. A grant that stands already changes nothing.',
    tag: 'people',
    permission: 'people.manage',
    callers: ['member'],
    body: NewGrantOf,
    response: GrantView,
    status: 201,
    refusals: ['people.exceeds_own', 'people.admin_everywhere'],
  },
  'DELETE /grants/{id}': {
    summary: 'Take a role away',
    description: 'Open sessions and sockets lose it within five seconds.',
    tag: 'people',
    permission: 'people.manage',
    callers: ['member'],
    params: IdParams,
    response: z.void(),
    status: 204,
    refusals: ['people.exceeds_own', 'people.last_admin'],
  },
  'GET /permissions': {
    summary: 'Every permission there is, and what it means',
    tag: 'roles',
    permission: 'signed-in',
    response: z.object({ items: z.array(PermissionView) }),
  },
  'GET /roles': {
    summary: 'The built-in roles and those of the organization, by name',
    tag: 'roles',
    permission: 'people.read',
    response: z.object({ builtIn: z.array(BuiltInRole), items: z.array(CustomRole) }),
  },
  'POST /roles': {
    summary: 'Make a role of your own',
    description: 'Of permissions you hold in the whole organization.',
    tag: 'roles',
    permission: 'roles.manage',
    callers: ['member'],
    body: NewRole,
    response: CustomRole,
    status: 201,
    refusals: ['people.exceeds_own', 'people.role_name_taken', 'people.too_many_roles'],
  },
  'PATCH /roles/{id}': {
    summary: 'Change a role, for everyone who holds it',
    description: 'Names the version it was made from; a version that is no longer the current one is refused.',
    tag: 'roles',
    permission: 'roles.manage',
    callers: ['member'],
    params: IdParams,
    body: RoleChange,
    response: CustomRole,
    refusals: ['people.role_changed', 'people.exceeds_own', 'people.role_name_taken'],
  },
  'DELETE /roles/{id}': {
    summary: 'Put a role away that nobody holds any more',
    tag: 'roles',
    permission: 'roles.manage',
    callers: ['member'],
    params: IdParams,
    response: z.void(),
    status: 204,
    refusals: ['people.role_held', 'people.exceeds_own'],
  },
  'GET /events': {
    summary: 'Who changed what, newest first',
    description: 'Who may see this at some locations only sees what happened there.',
    tag: 'events',
    permission: 'events.read',
    query: PageQuery.extend({
      /** Id of the person, key or device that did it. */
      actorId: z.uuid().optional(),
      subjectId: z.uuid().optional(),
      /** What happened: `people.role_granted`. */
      name: z
        .string()
        .regex(/^[a-z_]+\.[a-z_]+$/, 'Use a name such as people.role_granted.')
        .max(100)
        .optional(),
      locationId: z.uuid().optional(),
    }),
    response: page(AuditEvent),
  },
  'GET /api-keys': {
    summary: 'API keys, newest first',
    tag: 'keys',
    permission: 'keys.manage',
    query: PageQuery,
    response: page(ApiKey),
  },
  'POST /api-keys': {
    summary: 'Make an API key',
    description: 'A key holds at most what its maker holds, also when that becomes less later. It is shown once.',
    tag: 'keys',
    permission: 'keys.manage',
    callers: ['member'],
    body: NewApiKey,
    response: ApiKey.extend({ key: shownOnce }),
    status: 201,
    refusals: ['people.scope_exceeds_own', 'people.expiry_past'],
  },
  'DELETE /api-keys/{id}': {
    summary: 'Revoke an API key',
    tag: 'keys',
    permission: 'keys.manage',
    callers: ['member'],
    params: IdParams,
    response: z.void(),
    status: 204,
  },
  'GET /devices': {
    summary: 'Gateways and probes of your locations, newest first',
    tag: 'devices',
    permission: 'devices.manage',
    query: PageQuery.extend({ locationId: z.uuid().optional() }),
    response: page(Device),
  },
  'POST /devices': {
    summary: 'Enrol a gateway or probe',
    description: 'Its key sends readings of its location, and can do nothing else. It is shown once.',
    tag: 'devices',
    permission: 'devices.manage',
    callers: ['member'],
    body: NewDevice,
    response: Device.extend({ key: shownOnce }),
    status: 201,
  },
  'DELETE /devices/{id}': {
    summary: 'Revoke the key of a gateway or probe',
    tag: 'devices',
    permission: 'devices.manage',
    callers: ['member'],
    params: IdParams,
    response: z.void(),
    status: 204,
  },
})
