import { createHash } from 'node:crypto'
import { can } from '@opsflow/platform/actor'
import { notFound, refuse } from '@opsflow/platform/refusal'
import { recordEvent } from '@opsflow/platform/server/events'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import { canonical, differencesOf } from '../differences.ts'
import type { HaccpRevision } from '../haccp-plan.ts'
import { type Missing, missingIn } from '../missing.ts'
import { PlanContent } from '../plan.ts'
import { reviewDue } from '../review.ts'
import { shownIn } from './choices.ts'
import { requireAt } from './place.ts'
import { hereOf, mayBeWritten } from './plans.ts'
import { endReview } from './review-watch.ts'
import {
  insertRevision,
  insertSignature,
  lockPlan,
  moveReview,
  putInForce,
  readPlan,
  readRevision,
  revisionOfNumber,
  revisionsOf,
  signaturesOf,
} from './store-plans.ts'

/** The draft becomes the plan: frozen, numbered, with a digest, signed by whoever is signed in. */
export async function signPlan(
  tx: Tx,
  id: string,
  { revision, note, at = null }: { revision: number; note: string; at?: string | null },
): Promise<HaccpRevision> {
  const plan = (await lockPlan(tx, id)) ?? notFound()
  const { locationId, name } = plan
  requireAt(tx, 'haccp.sign', locationId)
  mayBeWritten(plan, revision)
  if (!plan.isChanged) refuse('conflict', 'haccp.nothing_changed', { detail: 'This says what the plan in force says.' })
  const here = await hereOf(tx, locationId)
  const content = PlanContent.parse(plan.draft)
  const missing = missingIn(content, here)
  if (missing.length > 0) incomplete(missing)
  const number = ((await revisionsOf(tx, id))[0]?.number ?? 0) + 1
  const signed = { number, name, content, shown: shownIn(content, here) }
  const digest = createHash('sha256').update(canonical(signed)).digest()
  const revisionId = await insertRevision(tx, { locationId, planId: id, ...signed, digest, note })
  const since = await insertSignature(tx, { locationId, revisionId, meaning: 'approved', comment: note, at })
  await endReview(tx, plan)
  const day = at === null ? here.place.today : at.slice(0, 10)
  await putInForce(tx, id, revisionId, since, reviewDue(day, content.reviewMonths))
  await recordEvent(tx, { name: 'haccp.plan_signed', subjectId: id, locationId, after: { number } })
  return showRevision(tx, revisionId)
}

export async function showRevision(tx: ReadTx, id: string): Promise<HaccpRevision> {
  const revision = await readRevision(tx, id)
  if (!revision || !can(tx.actor, 'haccp.read', revision.locationId)) return notFound()
  const content = PlanContent.parse(revision.content)
  const signatures = await signaturesOf(tx, id)
  const approved = signatures.find(({ meaning }) => meaning === 'approved') ?? notFound()
  const before = revision.number > 1 ? await revisionOfNumber(tx, revision.planId, revision.number - 1) : undefined
  return {
    ...{ ...revision, content, signatures, signedAt: approved.signedAt, signedBy: approved.by },
    before: before
      ? {
          ...{ id: before.id, number: before.number },
          differences: differencesOf(PlanContent.parse(before.content), content),
        }
      : null,
  }
}

type Further = { meaning: 'agreed' | 'reviewed'; digest: string; comment: string }

/** Another stands by what is in force, or it was looked at and still holds: then it is good for as long again. */
export async function signAlso(tx: Tx, id: string, { meaning, digest, comment }: Further): Promise<HaccpRevision> {
  const asked = (await readRevision(tx, id)) ?? notFound()
  const plan = (await lockPlan(tx, asked.planId)) ?? notFound()
  requireAt(tx, 'haccp.sign', plan.locationId)
  if (plan.inForce?.id !== id || plan.archivedAt !== null)
    refuse('conflict', 'haccp.not_in_force', { detail: 'Another revision is in force now.' })
  if (asked.digest !== digest)
    refuse('invalid', 'haccp.digest_differs', {
      detail: 'This is not what the revision says. Read it again.',
      errors: [{ path: 'body.digest', code: 'haccp.digest_differs', message: 'Send the digest of the revision.' }],
    })
  const { locationId } = plan
  const isTwice = (await signaturesOf(tx, id)).some(
    ({ by, meaning: was }) => by?.id === tx.actor.id && was !== 'reviewed',
  )
  if (meaning === 'agreed' && isTwice)
    refuse('conflict', 'haccp.signed_already', { detail: 'You have signed this revision already.' })
  const since = await insertSignature(tx, { locationId, revisionId: id, meaning, comment, at: null })
  if (meaning === 'reviewed') {
    await endReview(tx, plan)
    const { place } = await hereOf(tx, locationId)
    await moveReview(tx, plan.id, since, reviewDue(place.today, PlanContent.parse(asked.content).reviewMonths))
  }
  await recordEvent(tx, {
    name: 'haccp.plan_signed',
    subjectId: plan.id,
    locationId,
    after: { number: asked.number, meaning },
  })
  return showRevision(tx, id)
}

/** Each thing by the step of the twelve that it belongs to. */
const incomplete = (missing: readonly Missing[]) =>
  refuse('invalid', 'haccp.incomplete', {
    detail: `${missing.length} things are missing before this plan can be signed.`,
    errors: missing.slice(0, 50).map(({ step, code, name }) => ({
      ...{ path: `draft.${step}`, code: `haccp.${code}` },
      message: [code.replaceAll('_', ' '), name].filter(Boolean).join(': '),
    })),
  })

/** The revision in force of a plan that the caller may see. */
export async function inForceOf(tx: ReadTx, planId: string) {
  const plan = await readPlan(tx, planId)
  if (!plan || !can(tx.actor, 'haccp.read', plan.locationId)) return notFound()
  const revision = plan.inForce && (await readRevision(tx, plan.inForce.id))
  if (!plan.inForce || !revision)
    return refuse('conflict', 'haccp.not_signed', { detail: 'This plan was never signed, so nothing is in force.' })
  return { plan, inForce: plan.inForce, content: PlanContent.parse(revision.content), shown: revision.shown }
}
