import type { ReadTx } from '@opsflow/platform/server/tenant'
import type { PlannedAudit } from '../../view-routes.ts'
import { spanOf } from './completion.ts'
import { type Node, placesBelow } from './places-below.ts'
import { MOST_PLACES, plannedAt } from './plan.ts'
import { auditsOn, auditTemplates } from './store-audits.ts'

const MOST_AUDITS = 2000

/** Audits of these days: those that were to be done with what became of them, and ahead what schedules will ask for. */
export async function auditCalendar(
  tx: ReadTx,
  asked: Node & { from: string; to: string },
  now = Date.now(),
): Promise<{ items: PlannedAudit[]; tooMany: boolean }> {
  const places = await placesBelow(tx, asked)
  if (places.length > MOST_PLACES) return { items: [], tooMany: true }
  const made = await auditsOn(tx, spanOf(asked, places), MOST_AUDITS + 1)
  const open = places.filter(({ isOpen }) => isOpen)
  const planned = await plannedAt(tx, open, asked, now, new Set(await auditTemplates(tx)))
  const ahead = planned.map(
    ({ locationId, templateId, name, day, dueAt }): PlannedAudit => ({
      ...{ locationId, templateId, name, day, dueAt, checklistId: null, state: 'planned', came: null },
    }),
  )
  const items = [...made, ...ahead].sort(byTime)
  return items.length > MOST_AUDITS ? { items: [], tooMany: true } : { items, tooMany: false }
}

const byTime = (one: PlannedAudit, other: PlannedAudit) =>
  one.day.localeCompare(other.day) ||
  (one.dueAt ?? '~').localeCompare(other.dueAt ?? '~') ||
  one.locationId.localeCompare(other.locationId)
