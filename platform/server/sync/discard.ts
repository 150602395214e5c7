import { can } from '../../actor.ts'
import { notFound, refuse } from '../../refusal.ts'
import { discardWork } from '../../sync.ts'
import { recordEvent } from '../events.ts'
import { defineServerMutator } from './registry.ts'
import { insertReview, readSent } from './store-reviews.ts'

/** Refused work is taken off a device's list for good: by someone who may decide so, with a reason, on record. */
export const discardMutator = defineServerMutator({
  mutator: discardWork,
  permission: 'sync.review',
  place: async (tx, { uid }) => (await readSent(tx, uid))?.locationId ?? null,
  run: async (tx, { uid, reason }) => {
    const work = (await readSent(tx, uid)) ?? notFound()
    if (!can(tx.actor, 'sync.review')) {
      refuse('forbidden', 'forbidden', { detail: 'A manager decides that work is thrown away.' })
    }
    const by = tx.actor.kind === 'member' ? tx.actor.id : null
    const { locationId } = work
    if (!(await insertReview(tx, { id: uid, locationId, decision: 'discarded', reason, by }))) {
      return { outcome: 'superseded', code: 'sync.already_decided', detail: 'Someone has decided about this already.' }
    }
    const after = { work: work.name, by: work.by?.name ?? null, occurredAt: work.occurredAt, reason }
    await recordEvent(tx, { name: 'sync.work_discarded', subjectId: uid, locationId, after })
    return undefined
  },
})
