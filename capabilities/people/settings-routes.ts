import { defineRoutes, IdParams } from '@opsflow/platform/route'
import { OrganizationChange, OrganizationSettings } from './organization.ts'
import { Preferences, PreferencesChange } from './preferences.ts'

/** What people set for themselves, and admins for their organization. */
export const settingsRoutes = defineRoutes({
  'GET /preferences': {
    summary: 'How you like your screens',
    tag: 'session',
    permission: 'signed-in',
    callers: ['member'],
    response: Preferences,
  },
  'PATCH /preferences': {
    summary: 'Change how you like your screens, on every device',
    tag: 'session',
    permission: 'signed-in',
    callers: ['member'],
    body: PreferencesChange,
    response: Preferences,
  },
  'PATCH /organizations/{id}': {
    summary: 'Rename your organization, or give it its colour',
    tag: 'organizations',
    permission: 'organization.manage',
    callers: ['member'],
    params: IdParams,
    body: OrganizationChange,
    response: OrganizationSettings,
  },
})
