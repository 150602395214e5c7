import { type AlertsPermission, alertsPermissions } from '@opsflow/capabilities/alerts'
import { type ChecklistsPermission, checklistsPermissions } from '@opsflow/capabilities/checklists'
import { type EvidencePermission, evidencePermissions } from '@opsflow/capabilities/evidence'
import { type FindingsPermission, findingsPermissions } from '@opsflow/capabilities/findings'
import { type HaccpPermission, haccpPermissions } from '@opsflow/capabilities/haccp'
import { type ImportsPermission, importsPermissions } from '@opsflow/capabilities/imports'
import { type LedgerPermission, ledgerPermissions } from '@opsflow/capabilities/ledger'
import { type LocationsPermission, locationsPermissions } from '@opsflow/capabilities/locations'
import { type ProcessesPermission, processesPermissions } from '@opsflow/capabilities/processes'
import { type ReportsPermission, reportsPermissions } from '@opsflow/capabilities/reports'
import { type TasksPermission, tasksPermissions } from '@opsflow/capabilities/tasks'
import { type TemperaturePermission, temperaturePermissions } from '@opsflow/capabilities/temperature'
import { type SyncPermission, syncPermissions } from '@opsflow/platform/sync-permissions'
import { type PeoplePermission, peoplePermissions } from './permissions.ts'

/** Every permission there is, declared by its capability, with the sentence that explains it. */
export const permissionCatalogue = {
  ...temperaturePermissions,
  ...tasksPermissions,
  ...checklistsPermissions,
  ...findingsPermissions,
  ...alertsPermissions,
  ...processesPermissions,
  ...evidencePermissions,
  ...reportsPermissions,
  ...importsPermissions,
  ...haccpPermissions,
  ...ledgerPermissions,
  ...locationsPermissions,
  ...peoplePermissions,
  ...syncPermissions,
} as const
export type Permission =
  | TemperaturePermission
  | TasksPermission
  | ChecklistsPermission
  | FindingsPermission
  | AlertsPermission
  | ProcessesPermission
  | EvidencePermission
  | ReportsPermission
  | ImportsPermission
  | HaccpPermission
  | LedgerPermission
  | LocationsPermission
  | PeoplePermission
  | SyncPermission

export const PERMISSIONS = Object.keys(permissionCatalogue) as [Permission, ...Permission[]]
export const isPermission = (name: string): name is Permission => Object.hasOwn(permissionCatalogue, name)

/** What concerns no location: such a permission holds by a grant for the whole organization, or not at all. */
const ORGANIZATION_WIDE: ReadonlySet<string> = new Set<Permission>(['keys.manage', 'roles.manage', 'alerts.policy'])
export const isOrganizationWide = (permission: string): boolean => ORGANIZATION_WIDE.has(permission)

/** Built in, from the highest to the lowest. A role says what; the grant that binds it to a place says where. */
export const ROLES = ['org:admin', 'org:manager', 'org:member'] as const
type Role = (typeof ROLES)[number]

const member: Permission[] = [
  'temperature.read',
  'temperature.record',
  'temperature.acknowledge',
  'temperature.correct',
  'tasks.read',
  'tasks.update',
  'checklists.read',
  'checklists.do',
  'findings.read',
  'findings.fix',
  'alerts.read',
  'alerts.acknowledge',
  'processes.read',
  'processes.run',
  'tasks.create',
  'evidence.read',
  'evidence.add',
  'locations.read',
  'organization.read',
]
const manager: Permission[] = [
  ...member,
  'temperature.configure',
  'temperature.verify',
  'checklists.verify',
  'checklists.manage',
  'findings.verify',
  'alerts.lead',
  'processes.verify',
  'processes.probes',
  'temperature.import',
  'tasks.reopen',
  'tasks.codes',
  'evidence.waive',
  'haccp.read',
  'haccp.write',
  'haccp.sign',
  'reports.make',
  'reports.share',
  'imports.run',
  'people.read',
  'people.manage',
  'events.read',
  'ledger.read',
  'ledger.export',
  'devices.manage',
  'kiosks.manage',
  'sync.review',
]

export const rolePermissions: Record<Role, readonly Permission[]> = {
  'org:admin': PERMISSIONS,
  'org:manager': manager,
  'org:member': member,
}

/** What a device may do, at its location and nowhere else. */
export const devicePermissions: readonly Permission[] = ['temperature.ingest']

/** What six digits open on a shared tablet, of what the person holds there: the kitchen's work, never administration. */
export const tabletPermissions: readonly Permission[] = [
  ...member,
  'temperature.verify',
  'checklists.verify',
  'findings.verify',
  'processes.verify',
  'tasks.reopen',
  'alerts.lead',
]

export const highestRole = (roles: readonly Role[]): Role | undefined => ROLES.find((role) => roles.includes(role))
