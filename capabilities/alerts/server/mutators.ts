import { defineServerMutator } from '@opsflow/platform/server/sync/registry'
import { alertMutators as of } from '../sync.ts'
import { bringAcknowledgement, bringClosure, noteOnMatter, seeMatter } from './answer-matter.ts'
import { bringDutyEnd, giveDuty, takeDuty, undoDuty } from './duty.ts'
import { locationOfMatter } from './store.ts'
import { dutiesByIds, openPlace } from './store-duties.ts'

/** What devices send about matters, run as HTTP runs it. */
export const alertServerMutators = [
  defineServerMutator({
    mutator: of.acknowledge,
    permission: 'alerts.acknowledge',
    place: (tx, { matterId }) => locationOfMatter(tx, matterId),
    run: (tx, { matterId, ...given }, when) => bringAcknowledgement(tx, matterId, given, when),
  }),
  defineServerMutator({
    mutator: of.note,
    permission: 'alerts.acknowledge',
    place: (tx, { matterId }) => locationOfMatter(tx, matterId),
    run: async (tx, { matterId, ...said }, when) => void (await noteOnMatter(tx, matterId, said, when)) as undefined,
  }),
  defineServerMutator({
    mutator: of.see,
    permission: 'alerts.read',
    place: (tx, { matterId }) => locationOfMatter(tx, matterId),
    run: async (tx, { matterId }, when) => void (await seeMatter(tx, matterId, when)) as undefined,
  }),
  defineServerMutator({
    mutator: of.close,
    permission: 'alerts.lead',
    isCritical: true,
    place: (tx, { matterId }) => locationOfMatter(tx, matterId),
    run: (tx, { matterId, ...said }, when) => bringClosure(tx, matterId, said, when),
  }),
  defineServerMutator({
    mutator: of.takeDuty,
    permission: 'alerts.lead',
    isCritical: true,
    place: async (tx, { locationId }) => ((await openPlace(tx, locationId)) ? locationId : null),
    run: async (tx, taking, when) => void (await takeDuty(tx, taking, when)) as undefined,
  }),
  defineServerMutator({
    mutator: of.giveDuty,
    permission: 'alerts.lead',
    place: async (tx, { locationId }) => ((await openPlace(tx, locationId)) ? locationId : null),
    run: async (tx, { member, ...giving }, when) =>
      void (await giveDuty(tx, { ...giving, memberId: member.id }, when)) as undefined,
  }),
  defineServerMutator({
    mutator: of.endDuty,
    permission: 'alerts.read',
    isCritical: true,
    place: async (tx, { id }) => (await dutiesByIds(tx, [id]))[0]?.locationId ?? null,
    run: (tx, { id }, when) => bringDutyEnd(tx, id, when),
  }),
  defineServerMutator({
    mutator: of.undoDuty,
    permission: 'alerts.read',
    place: async (tx, { id }) => (await dutiesByIds(tx, [id]))[0]?.locationId ?? null,
    run: async (tx, { id, undoes }, when) => void (await undoDuty(tx, id, undoes, when)) as undefined,
  }),
]
