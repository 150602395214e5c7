import { can } from '@opsflow/platform/actor'
import { notFound, refuse } from '@opsflow/platform/refusal'
import { recordEvent } from '@opsflow/platform/server/events'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import { uuid7 } from '@opsflow/platform/server/uuid7'
import { numberedControls } from '../control-numbers.ts'
import { canonical, withHonestConfirmation } from '../differences.ts'
import type { HaccpPlan, NewPlan, PlanSummary } from '../haccp-plan.ts'
import { restaurantPlan } from '../library/restaurant.ts'
import { missingIn } from '../missing.ts'
import { PlanContent } from '../plan.ts'
import { tiedAnew } from '../tied-anew.ts'
import { type Here, kitchenOf, whatIsHere } from './choices.ts'
import { requireAt } from './place.ts'
import { askForReviewAgain, withdrawReview } from './review-watch.ts'
import { placeOf, unitsHere } from './store-choices.ts'
import {
  insertPlan,
  isNameTaken,
  listPlans,
  lockPlan,
  readPlan,
  readRevision,
  revisionsOf,
  type StoredPlan,
  saveDraft,
  saveName,
} from './store-plans.ts'

type PlansAsked = { locationId?: string | undefined; archived: 'true' | 'false' }

export async function plansAt(tx: ReadTx, { locationId, archived }: PlansAsked): Promise<PlanSummary[]> {
  const plans = await listPlans(tx, locationId, archived === 'true')
  return plans.filter((plan) => can(tx.actor, 'haccp.read', plan.locationId))
}

export async function showPlan(tx: ReadTx, id: string): Promise<HaccpPlan> {
  const plan = await readPlan(tx, id)
  if (!plan || !can(tx.actor, 'haccp.read', plan.locationId)) return notFound()
  return withMissing(tx, plan)
}

export async function withMissing(tx: ReadTx, plan: StoredPlan): Promise<HaccpPlan> {
  const here = await hereOf(tx, plan.locationId)
  const draft = PlanContent.parse(plan.draft)
  return { ...plan, draft, missing: missingIn(draft, here), revisions: await revisionsOf(tx, plan.id) }
}

export const hereOf = async (tx: ReadTx, locationId: string): Promise<Here> =>
  whatIsHere(tx, (await placeOf(tx, locationId)) ?? notFound())

export async function beginPlan(tx: Tx, wanted: NewPlan): Promise<HaccpPlan> {
  const { locationId, name } = wanted
  const place = (await placeOf(tx, locationId)) ?? unknown('locationId', 'haccp.location_unknown')
  requireAt(tx, 'haccp.write', locationId)
  if (await isNameTaken(tx, wanted, null)) nameTaken()
  const draft = await firstDraft(tx, wanted, await whatIsHere(tx, place))
  const id = await insertPlan(tx, { locationId, name, draft, points: pointsOf(draft) })
  await recordEvent(tx, { name: 'haccp.plan_begun', subjectId: id, locationId, after: { name } })
  return showPlan(tx, id)
}

async function firstDraft(tx: Tx, { from, language }: NewPlan, here: Here): Promise<PlanContent> {
  if (from === 'empty') return PlanContent.parse({})
  if (from === 'restaurant') return restaurantPlan(language, uuid7, kitchenOf(here))
  const other = await readPlan(tx, from.planId)
  if (!other || !can(tx.actor, 'haccp.read', other.locationId)) return unknown('from.planId', 'haccp.plan_unknown')
  return tiedAnew(PlanContent.parse(other.draft), await unitsHere(tx, other.locationId), here, uuid7)
}

/** Of two who write at once, the second is told. Nothing is in force until it is signed. */
export async function writePlan(tx: Tx, id: string, revision: number, wanted: PlanContent): Promise<HaccpPlan> {
  const plan = await planToWrite(tx, id)
  mayBeWritten(plan, revision)
  const place = await placeOf(tx, plan.locationId)
  if (wanted.confirmation && place && wanted.confirmation.on > place.today)
    refuse('invalid', 'haccp.day_to_come', {
      detail: 'Nobody can have looked on site on a day that is still to come.',
      errors: [{ path: 'body.draft.confirmation.on', code: 'haccp.day_to_come', message: 'Use a day that has begun.' }],
    })
  const draft = withHonestConfirmation(PlanContent.parse(plan.draft), wanted)
  const inForce = plan.inForce && (await readRevision(tx, plan.inForce.id))
  const isChanged = !inForce || canonical(PlanContent.parse(inForce.content)) !== canonical(draft)
  await saveDraft(tx, id, draft, pointsOf(draft), isChanged)
  return showPlan(tx, id)
}

export async function changePlan(
  tx: Tx,
  id: string,
  wanted: { name?: string | undefined; archived?: boolean | undefined },
): Promise<HaccpPlan> {
  const plan = await planToWrite(tx, id)
  const { name = plan.name, archived = plan.archivedAt !== null } = wanted
  if (!archived && (await isNameTaken(tx, { locationId: plan.locationId, name }, id))) nameTaken()
  await saveName(tx, id, name, archived)
  if (archived && plan.archivedAt === null) await withdrawReview(tx, plan)
  if (!archived && plan.archivedAt !== null) await askForReviewAgain(tx, plan)
  const { locationId } = plan
  const before = { name: plan.name, archived: plan.archivedAt !== null }
  await recordEvent(tx, { name: 'haccp.plan_changed', subjectId: id, locationId, before, after: { name, archived } })
  return showPlan(tx, id)
}

async function planToWrite(tx: Tx, id: string): Promise<StoredPlan> {
  const plan = (await lockPlan(tx, id)) ?? notFound()
  requireAt(tx, 'haccp.write', plan.locationId)
  return plan
}

export function mayBeWritten({ archivedAt, revision: now }: StoredPlan, revision: number) {
  if (archivedAt !== null)
    refuse('conflict', 'haccp.archived', { detail: 'This plan is archived. Bring it back first.' })
  if (now !== revision)
    refuse('conflict', 'haccp.changed_meanwhile', { detail: 'Someone else saved this plan meanwhile. Load it again.' })
}

const pointsOf = (draft: PlanContent) => numberedControls(draft).filter(({ kind }) => kind === 'ccp').length

const nameTaken = () =>
  refuse('conflict', 'haccp.name_taken', { detail: 'A plan of this name is at this location already.' })

function unknown(field: string, code: string): never {
  const message = 'No such thing, or it is not yours to see.'
  return refuse('invalid', code, { detail: message, errors: [{ path: `body.${field}`, code, message }] })
}
