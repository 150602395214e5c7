import { titleOfSaid } from '@opsflow/capabilities/tasks'
import { endTaskOf, openTask, openTaskOfAgain, withdrawTaskOf } from '@opsflow/capabilities/tasks/server'
import { systemActor } from '@opsflow/platform/actor'
import { inTurns } from '@opsflow/platform/server/in-turns'
import { type Job, nowAndThen } from '@opsflow/platform/server/now-and-then'
import type { Database, Tx } from '@opsflow/platform/server/tenant'
import { REVIEW_NOTICE_DAYS } from '../review.ts'
import { type AcrossTenants, plansToReview, plansToTellOf, type ReviewToTell, tellReview } from './store-reviews.ts'

type Watch = { database: Database; relayPool: AcrossTenants; everyMs: number; log: Job['log'] }
type Reviewed = { reviewSince: string | null }

const causeOf = (signatureId: string) => ({ kind: 'haccp.review', id: signatureId })

/** A month before a plan is due to be looked at again, a manager there has a task for it: once for each time. */
export async function askForReviews({ database, relayPool }: Pick<Watch, 'database' | 'relayPool'>, now = Date.now()) {
  const turns = inTurns()
  const soon = new Date(now + REVIEW_NOTICE_DAYS * 86_400_000).toISOString().slice(0, 10)
  await turns.each(
    (except) => plansToReview(relayPool, soon, except),
    ({ tenantId, organizationId }, ids) =>
      database.write(systemActor(tenantId, organizationId, 'haccp-reviews'), async (tx) => {
        const plans = await plansToTellOf(tx, ids)
        for (const plan of plans) await askFor(tx, plan)
        return plans.length
      }),
  )
  turns.end()
}

async function askFor(tx: Tx, { id, locationId, name, reviewSince, dueAt }: ReviewToTell) {
  const said = { as: 'haccp_review', planId: id, plan: name } as const
  await openTask(tx, {
    ...{ locationId, title: titleOfSaid(said), said, taskType: 'other', priority: 'medium' },
    ...{ cause: causeOf(reviewSince), assignedRole: 'org:manager', dueAt },
  })
  await tellReview(tx, id)
}

/** It was reviewed, or signed anew: what was asked for is done. */
export const endReview = async (tx: Tx, { reviewSince }: Reviewed) =>
  reviewSince === null ? undefined : endTaskOf(tx, causeOf(reviewSince), 'completed')

/** Nobody needs to look at it any more. */
export const withdrawReview = async (tx: Tx, { reviewSince }: Reviewed) =>
  reviewSince === null ? undefined : withdrawTaskOf(tx, causeOf(reviewSince))

/** It is there again: so is what was withdrawn with it. What nobody was asked for yet, the watch asks for. */
export const askForReviewAgain = async (tx: Tx, { reviewSince }: Reviewed) =>
  reviewSince === null ? undefined : openTaskOfAgain(tx, causeOf(reviewSince))

export const startReviewWatch = ({ database, relayPool, everyMs, log }: Watch) =>
  nowAndThen({ name: 'haccp reviews', everyMs, log, work: () => askForReviews({ database, relayPool }) })
