import { can } from '@opsflow/platform/actor'
import { notFound, refuse } from '@opsflow/platform/refusal'
import type { ReadTx } from '@opsflow/platform/server/tenant'
import { type NumberedControl, numberedControls } from '../control-numbers.ts'
import type { InForce, MonitoredControl, PlanMonitoring, PlanSignature } from '../haccp-plan.ts'
import { PlanContent } from '../plan.ts'
import { limitTexts } from './limit-texts.ts'
import { monitorRevision } from './monitor.ts'
import { listPlans, readPlan, readRevision, signaturesOf } from './store-plans.ts'
import { type AnswerGiven, answersOf } from './store-point.ts'

/** More deviations than any paper should list. */
const MOST = 20_000

type Days = { from: string; to: string }

/** A plan of a location as a report tells of it. */
export type ReportedPlan = {
  id: string
  name: string
  /** Null: never signed, so nothing shows whether it is kept to. */
  signed:
    | (InForce & {
        digest: string
        signatures: readonly PlanSignature[]
        monitoring: PlanMonitoring
      })
    | null
}

/** The plans of a location that are in use, with how each was kept to. Whoever comes through here has looked at the rights. */
export async function reportPlans(tx: ReadTx, { locationId, ...days }: Days & { locationId: string }) {
  const plans: ReportedPlan[] = []
  for (const { id, name, inForce } of await listPlans(tx, locationId, false)) {
    const known = inForce && (await readRevision(tx, inForce.id))
    if (!inForce || !known) {
      plans.push({ id, name, signed: null })
      continue
    }
    const revision = { content: PlanContent.parse(known.content), shown: known.shown }
    const monitoring = await monitorRevision(tx, { plan: { id, name, locationId }, inForce, ...revision }, days, MOST)
    const signatures = await signaturesOf(tx, inForce.id)
    plans.push({ id, name, signed: { ...inForce, digest: known.digest, signatures, monitoring } })
  }
  return plans
}

/** One point of a plan with everything that was recorded of it. */
export type ReportedPoint = {
  plan: { id: string; name: string; locationId: string }
  revision: InForce & { digest: string }
  point: NumberedControl
  /** Each limit with where it is written, or what proves that it is enough. */
  limits: readonly string[]
  monitored: MonitoredControl
  answers: readonly AnswerGiven[]
}

/** By the id of its control in the revision in force. What may not be seen, or is not there, does not exist. */
export async function reportPoint(
  tx: ReadTx,
  { planId, pointId, ...days }: Days & { planId: string; pointId: string },
): Promise<ReportedPoint> {
  const stored = await readPlan(tx, planId)
  if (!stored || !can(tx.actor, 'haccp.read', stored.locationId)) return notFound()
  const { id, name, locationId, inForce } = stored
  const known = inForce && (await readRevision(tx, inForce.id))
  const content = known && PlanContent.parse(known.content)
  const point = content && numberedControls(content).find(({ control }) => control.id === pointId)
  if (!inForce || !known || !point) return notFound()
  const { shown } = known
  const plan = { id, name, locationId }
  const monitoring = await monitorRevision(tx, { plan, inForce, content, shown }, days, MOST)
  const monitored = monitoring.controls.find((one) => one.id === pointId) ?? notFound()
  const { ties } = point.control
  const answers = await answersOf(tx, { locationId, ...days }, ties, MOST + 1)
  if (answers.length > MOST || monitored.deviations.count > MOST) tooMuch()
  const limits = limitTexts(point.control, shown)
  return { plan, revision: { ...inForce, digest: known.digest }, point, limits, monitored, answers }
}

const tooMuch = () =>
  refuse('invalid', 'reports.too_much', {
    detail: `More than ${MOST.toLocaleString('en')} records of a kind. Choose fewer days.`,
    errors: [{ path: 'query.from', code: 'reports.too_much', message: 'Choose fewer days.' }],
  })
