import { alertRoutes } from '@opsflow/capabilities/alerts'
import { auditRoutes, importedAuditRoutes } from '@opsflow/capabilities/audits'
import {
  checklistRoutes,
  checklistViewRoutes,
  pictureRoutes,
  recordRoutes,
  scheduleRoutes,
  templateRoutes,
} from '@opsflow/capabilities/checklists'
import { evidenceRoutes } from '@opsflow/capabilities/evidence'
import { findingRoutes } from '@opsflow/capabilities/findings'
import { haccpRoutes } from '@opsflow/capabilities/haccp'
import { exportRoutes, importRoutes } from '@opsflow/capabilities/imports'
import { kioskRoutes } from '@opsflow/capabilities/kiosks'
import { ledgerRoutes } from '@opsflow/capabilities/ledger'
import { locationRoutes } from '@opsflow/capabilities/locations'
import {
  accountRoutes,
  invitationRoutes,
  logoRoutes,
  peopleFileRoutes,
  peopleRoutes,
  pushRoutes,
  settingsRoutes,
} from '@opsflow/capabilities/people'
import { processRoutes } from '@opsflow/capabilities/processes'
import { reportRoutes } from '@opsflow/capabilities/reports'
import { placeCodeRoutes, taskRoutes, taskViewRoutes } from '@opsflow/capabilities/tasks'
import { temperatureRoutes } from '@opsflow/capabilities/temperature'
import type { Route, RouteKey } from '@opsflow/platform/route'
import { syncReviewRoutes } from '@opsflow/platform/sync-review'
import { syncRoutes } from '@opsflow/platform/sync-routes'

/** The contract of every capability. Tests hold it against the document the server gives out, so none can be left out. */
export const everyRoute: Record<RouteKey, Route> = {
  ...alertRoutes,
  ...auditRoutes,
  ...checklistRoutes,
  ...checklistViewRoutes,
  ...pictureRoutes,
  ...recordRoutes,
  ...reportRoutes,
  ...scheduleRoutes,
  ...templateRoutes,
  ...evidenceRoutes,
  ...exportRoutes,
  ...importRoutes,
  ...importedAuditRoutes,
  ...findingRoutes,
  ...haccpRoutes,
  ...kioskRoutes,
  ...ledgerRoutes,
  ...locationRoutes,
  ...accountRoutes,
  ...invitationRoutes,
  ...peopleFileRoutes,
  ...peopleRoutes,
  ...pushRoutes,
  ...logoRoutes,
  ...settingsRoutes,
  ...syncReviewRoutes,
  ...syncRoutes,
  ...taskRoutes,
  ...taskViewRoutes,
  ...placeCodeRoutes,
  ...processRoutes,
  ...temperatureRoutes,
}
